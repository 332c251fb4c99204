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

    /// <summary>Gives the features of a model whose network was trained on, with the importance that they have now.</summary>
    /// <param name="features">The features before.</param>
    /// <param name="before">The report before, on the same slots.</param>
    /// <param name="now">The report now.</param>
    public static Feature[] Continued(IReadOnlyList<Feature> features, FeatureSelectionReport before, FeatureSelectionReport now)
    {
        IEnumerable<FeatureGate> selected = before.Features.Where(gate => gate.IsSelected)
            .OrderByDescending(gate => gate.Importance).ThenBy(gate => gate.Index);
        return
        [
            .. features.Where(feature => feature.IsSelected)
                .Zip(selected, (feature, gate) => feature with { Importance = now.Features[gate.Index].Importance })
                .OrderByDescending(feature => feature.Importance),
            .. features.Where(feature => !feature.IsSelected),
        ];
    }

    /// <summary>Names a feature by the part of the plan that it is, or by itself where it is one of several in it.</summary>
    public static string NameOf(string name, int slots, FeaturePart part, DataViewSchema schema) =>
        FeaturePlan.SlotCount(schema, part) == slots ? part.Name : name;

    private static Feature Of(FeatureGate gate, FeaturePart part, DataViewSchema schema) => new(
        NameOf(gate.Name, gate.Slots.Count, part, schema),
        part.Column,
        gate.Slots.Count,
        gate.Importance,
        gate.IsSelected ? null : gate.LambdaOut,
        gate.IsSelected);
}
