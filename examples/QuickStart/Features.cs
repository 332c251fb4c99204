using MLNet.DGating;

namespace QuickStart;

/// <summary>How many features a model reads: columns of the file, and slots of the vector that the transforms make of them.</summary>
internal sealed record Features(string Columns, string Slots)
{
    public static Features All { get; } = new("all", "all");

    public static Features Of(FeatureSelectionReport report) => new(
        $"{report.BySourceColumn.Count(gate => gate.IsSelected)} of {report.BySourceColumn.Count}",
        $"{report.SelectedIndices.Count} of {report.Support.Count}");
}
