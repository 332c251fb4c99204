using Microsoft.ML;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Pipelines;

namespace MLNet.DGating.Tool.Training;

/// <summary>The features of a model, with the columns of the table that they were made of.</summary>
internal static class FeatureList
{
    public static Feature[] Of(FeaturePlan plan, DataViewSchema schema, FeatureSelectionReport report)
    {
        FeaturePart[] partOfSlot = plan.PartOfSlot(schema);
        return
        [
            .. report.Features
                .OrderByDescending(gate => gate.IsSelected)
                .ThenByDescending(gate => gate.Importance)
                .ThenByDescending(gate => gate.LambdaOut)
                .ThenBy(gate => gate.Index)
                .Select(gate => Of(gate, partOfSlot[gate.Slots[0]], schema)),
        ];
    }

    private static Feature Of(FeatureGate gate, FeaturePart part, DataViewSchema schema)
    {
        bool isWholePart = FeaturePlan.SlotCount(schema, part) == gate.Slots.Count;
        return new Feature(
            isWholePart ? part.Name : gate.Name,
            part.Column,
            gate.Slots.Count,
            gate.Importance,
            gate.IsSelected ? null : gate.LambdaOut,
            gate.IsSelected);
    }
}
