using System.Globalization;
using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Report;

/// <summary>The tables of a report: the features, and the counts that were judged.</summary>
internal static class SelectionTables
{
    /// <summary>Adds the selected features by importance.</summary>
    /// <remarks>Those after the first 30 are in a table that the reader opens.</remarks>
    public static void AddSelected(ReportPage page, FeatureSelectionReport report)
    {
        ReportRow[] rows =
        [
            .. report.Features.Where(feature => feature.IsSelected)
                .OrderByDescending(feature => feature.Importance).ThenBy(feature => feature.Index)
                .Select((feature, i) => Row(report, feature, i + 1)),
        ];
        if (rows.Length == 0)
        {
            return;
        }

        var table = new ReportTable("Selected features", Columns(report, hasImportance: true), rows)
        {
            Maximum = rows.Max(row => row.Value),
        };
        page.Table(table with { Rows = [.. rows.Take(ReportPage.MostOpenRows)] });
        if (rows.Length > ReportPage.MostOpenRows)
        {
            int others = rows.Length - ReportPage.MostOpenRows;
            page.Table(
                table with { Rows = rows[ReportPage.MostOpenRows..] }, $"The other {Words.Count(others, "selected feature")}");
        }
    }

    /// <summary>Adds the features that were dropped, the last to leave first, in a table that the reader opens.</summary>
    public static void AddDropped(ReportPage page, FeatureSelectionReport report)
    {
        int selected = report.Features.Count(feature => feature.IsSelected);
        ReportRow[] rows =
        [
            .. report.Features.Where(feature => !feature.IsSelected)
                .OrderByDescending(feature => feature.LambdaOut).ThenBy(feature => feature.Index)
                .Select((feature, i) => Row(report, feature, selected + i + 1)),
        ];
        if (rows.Length > 0)
        {
            page.Table(new ReportTable("Dropped features", Columns(report, hasImportance: false), rows),
                rows.Length == 1 ? "The feature that is not selected"
                : $"The {Words.Count(rows.Length, "feature")} that are not selected, the last to leave first");
        }
    }

    /// <summary>Adds the counts that were refitted and judged; the chosen ones are emphasized.</summary>
    public static void AddCounts(ReportPage page, DGatingPath path)
    {
        page.Table(new ReportTable(
            "Counts of features",
            [
                ("Features", CellKind.Number), (path.MetricName, CellKind.Number), ("Loss (" + path.LossName + ")", CellKind.Aside),
                ("Bounded loss", CellKind.Number), ("Chosen", CellKind.Text),
            ],
            [
                .. path.Candidates.Select(candidate => new ReportRow(
                    [
                        candidate.FeatureCount.ToString("n0", CultureInfo.InvariantCulture),
                        WithError(candidate.Metric, candidate.MetricStandardError),
                        WithError(candidate.ValidationLoss, candidate.ValidationLossStandardError),
                        WithError(candidate.BoundedLoss, candidate.BoundedLossStandardError),
                        Meaning(path, candidate.FeatureCount),
                    ],
                    IsChosen: candidate.FeatureCount == path.BestFeatureCount || candidate.FeatureCount == path.SparsestFeatureCount)),
            ]));
    }

    private static (string, CellKind)[] Columns(FeatureSelectionReport report, bool hasImportance) =>
    [
        ("Rank", CellKind.Number), ("Feature", CellKind.Text), ("Slots", CellKind.Aside),
        .. hasImportance ? [("", CellKind.Bar), ("Importance", CellKind.Number)] : Array.Empty<(string, CellKind)>(),
        ("Left at λ", CellKind.Aside),
        .. report.Frequency is null ? Array.Empty<(string, CellKind)>() : [("Frequency", CellKind.Number)],
    ];

    private static ReportRow Row(FeatureSelectionReport report, FeatureGate feature, int number) => new(
        [
            number.ToString("n0", CultureInfo.InvariantCulture),
            feature.Name,
            feature.Slots.Count.ToString("n0", CultureInfo.InvariantCulture),
            .. feature.IsSelected ? [NumberText.Value(feature.Importance)] : Array.Empty<string>(),
            feature.LambdaOut switch { double.PositiveInfinity => "stays", 0 => "constant", _ => NumberText.Value(feature.LambdaOut) },
            .. report.Frequency is { } frequency ? [NumberText.Value(frequency[feature.Index])] : Array.Empty<string>(),
        ],
        feature.Importance);

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
