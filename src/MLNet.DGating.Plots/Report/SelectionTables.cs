using System.Globalization;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Report;

/// <summary>The tables of a report: the features, and the counts that were judged.</summary>
internal static class SelectionTables
{
    private const int MostShownAtOnce = 30;

    /// <summary>Adds all features: the selected ones by importance, then the others, the last to leave first.</summary>
    /// <remarks>The selected features after the first 30, and the others, are in tables that the reader opens.</remarks>
    public static void AddFeatures(ReportPage page, FeatureSelectionReport report)
    {
        FeatureGate[] selected =
        [
            .. report.Features.Where(feature => feature.IsSelected)
                .OrderByDescending(feature => feature.Importance).ThenBy(feature => feature.Index),
        ];
        FeatureGate[] dropped =
        [
            .. report.Features.Where(feature => !feature.IsSelected)
                .OrderByDescending(feature => feature.LambdaOut).ThenBy(feature => feature.Index),
        ];
        (string, bool)[] columns =
        [
            ("", false), ("Feature", true), ("Slots", false), ("Importance", false), ("Left at λ", false),
            .. report.Frequency is null ? Array.Empty<(string, bool)>() : [("Frequency", false)],
        ];
        (string[] Cells, bool IsChosen)[] rows =
            [.. selected.Concat(dropped).Select((feature, i) => (Cells(report, feature, number: i + 1), false))];
        int shown = Math.Min(selected.Length, MostShownAtOnce);
        if (shown > 0)
        {
            page.Table(columns, rows[..shown]);
        }

        if (selected.Length > shown)
        {
            page.Table(columns, rows[shown..selected.Length], $"The other {selected.Length - shown} selected features");
        }

        if (dropped.Length > 0)
        {
            page.Table(columns, rows[selected.Length..],
                $"The {dropped.Length} features that are not selected, the last to leave first");
        }
    }

    /// <summary>Adds the counts that were refitted and judged; the chosen ones are emphasized.</summary>
    public static void AddCounts(ReportPage page, DGatingPath path)
    {
        page.Table(
            [("Features", false), ("Loss (" + path.LossName + ")", false), (path.MetricName, false), ("BoundedLoss", false), ("", true)],
            path.Candidates.Select(candidate => ((string[])
            [
                candidate.FeatureCount.ToString(CultureInfo.InvariantCulture),
                WithError(candidate.ValidationLoss, candidate.ValidationLossStandardError),
                WithError(candidate.Metric, candidate.MetricStandardError),
                WithError(candidate.BoundedLoss, candidate.BoundedLossStandardError),
                Meaning(path, candidate.FeatureCount),
            ], candidate.FeatureCount == path.BestFeatureCount || candidate.FeatureCount == path.SparsestFeatureCount)));
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
        double.IsFinite(error) ? $"{NumberText.Short(value)} ± {NumberText.Value(error)}"
        : double.IsFinite(value) ? NumberText.Short(value)
        : "–";

    private static string Meaning(DGatingPath path, int count)
    {
        bool isBest = count == path.BestFeatureCount, isSparsest = count == path.SparsestFeatureCount;
        return (isBest, isSparsest) switch
        {
            (true, true) => "best and sparsest",
            (true, false) => "best",
            (false, true) => "sparsest within one standard error",
            _ => "",
        };
    }
}
