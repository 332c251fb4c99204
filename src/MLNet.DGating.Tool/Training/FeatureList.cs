using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>The features of a model, with the names and columns they have in the table.</summary>
internal static class FeatureList
{
    public static Feature[] Of(FeaturePlan plan, DataViewSchema schema, FeatureSelectionReport report)
    {
        FeaturePart[] partOfSlot = [.. plan.Parts.SelectMany(part => Enumerable.Repeat(part, Size(schema[part.Name].Type)))];
        return [.. report.Features
            .OrderByDescending(gate => gate.IsSelected).ThenByDescending(gate => gate.Importance).ThenByDescending(gate => gate.LambdaOut).ThenBy(gate => gate.Index)
            .Select(gate =>
            {
                FeaturePart part = partOfSlot[gate.Slots[0]];
                bool isWhole = Size(schema[part.Name].Type) == gate.Slots.Count;
                return new Feature(isWhole ? part.Name : gate.Name, part.Column, gate.Slots.Count, gate.Importance, gate.IsSelected ? null : gate.LambdaOut, gate.IsSelected);
            })];
    }

    private static int Size(DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;
}
