using System.Globalization;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Report;

/// <summary>The tables of a report.</summary>
internal static class SelectionTables
{
    private const int MostShownAtOnce = 30;

    /// <summary>All features: the selected, the most important first; then the others, the last to leave first. Long lists and the others are folded away.</summary>
    public static void AddFeatures(ReportPage page, FeatureSelectionReport report)
    {
        FeatureGate[] selected = [.. report.Features.Where(feature => feature.IsSelected).OrderByDescending(feature => feature.Importance).ThenBy(feature => feature.Index)];
        FeatureGate[] dropped = [.. report.Features.Where(feature => !feature.IsSelected).OrderByDescending(feature => feature.LambdaOut).ThenBy(feature => feature.Index)];
        bool hasFrequency = report.Frequency is not null;
        (string, bool)[] columns = [("", false), ("Feature", true), ("Slots", false), ("Importance", false), ("Left at λ", false), .. hasFrequency ? [("Frequency", false)] : Array.Empty<(string, bool)>()];

        if (selected.Length > 0)
            page.Table(columns, selected.Take(MostShownAtOnce).Select((feature, i) => (Cells(report, feature, i + 1), false)));
        if (selected.Length > MostShownAtOnce)
            page.Table(columns, selected.Index().Skip(MostShownAtOnce).Select(row => (Cells(report, row.Item, row.Index + 1), false)), $"The other {selected.Length - MostShownAtOnce} selected features");
        if (dropped.Length > 0)
            page.Table(columns, dropped.Select((feature, i) => (Cells(report, feature, selected.Length + i + 1), false)), $"The {dropped.Length} features that are not selected, the last to leave first");
    }

    /// <summary>The counts that were refitted and judged; the chosen ones stand out.</summary>
    public static void AddCounts(ReportPage page, DGatingPath path)
    {
        page.Table(
            [("Features", false), ("Loss (" + path.LossName + ")", false), (path.MetricName, false), ("BoundedLoss", false), ("", true)],
            path.Candidates.Select(it => ((string[])
            [
                it.FeatureCount.ToString(CultureInfo.InvariantCulture),
                WithError(it.ValidationLoss, it.ValidationLossStandardError),
                WithError(it.Metric, it.MetricStandardError),
                WithError(it.BoundedLoss, it.BoundedLossStandardError),
                Meaning(path, it.FeatureCount),
            ], it.FeatureCount == path.BestFeatureCount || it.FeatureCount == path.SparsestFeatureCount)));
    }

    private static string[] Cells(FeatureSelectionReport report, FeatureGate feature, int number) =>
    [
        number.ToString(CultureInfo.InvariantCulture),
        feature.Name,
        feature.Slots.Count.ToString(CultureInfo.InvariantCulture),
        feature.IsSelected ? NumberText.Value(feature.Importance) : "–",
        feature.LambdaOut switch { double.PositiveInfinity => "stays", 0 => "constant", _ => NumberText.Value(feature.LambdaOut) },
        .. report.Frequency is { } frequency ? [NumberText.Value(frequency[feature.Index])] : Array.Empty<string>(),
    ];

    private static string WithError(double value, double error) =>
        double.IsFinite(error) ? $"{NumberText.Short(value)} ± {NumberText.Value(error)}" : double.IsFinite(value) ? NumberText.Short(value) : "–";

    private static string Meaning(DGatingPath path, int count) => (count == path.BestFeatureCount, count == path.SparsestFeatureCount) switch
    {
        (true, true) => "best and sparsest",
        (true, false) => "best",
        (false, true) => "sparsest within one standard error",
        _ => "",
    };
}
