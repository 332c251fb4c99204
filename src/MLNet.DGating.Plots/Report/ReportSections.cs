using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;
using MLNet.DGating.Plots.Pictures;

namespace MLNet.DGating.Plots.Report;

/// <summary>The sections of a report about the selection, the path it comes from, and its stability.</summary>
internal static class ReportSections
{
    // Beyond these, curves of dropped features are one grey surface, and most of the file.
    private const int MostCurves = 120;

    public static void AddHead(ReportPage page, DGatingReportContent content)
    {
        page.Lead(content.Summary ?? Summary(content.Selection));
        if (content.Facts.Count > 0)
        {
            page.Facts(content.Facts);
        }
    }

    public static void AddSelection(ReportPage page, FeatureSelectionReport report)
    {
        if (SelectedCount(report) == 0)
        {
            return;
        }

        page.Heading("The features");
        page.Explain("Importance is the norm of all weights that leave a feature, features standardized. It says how much the model uses a "
            + "feature; features that say the same share it, or stand for each other.");
        SelectionTables.AddSelected(page, report);
    }

    public static void AddPath(ReportPage page, FeatureSelectionReport report, DGatingPath path, string? reason)
    {
        page.Heading("Why this count, and what others would cost");
        page.Lead(reason ?? Reason(SelectedCount(report), path));
        if (!path.IsComplete)
        {
            page.Explain($"The path was cancelled at {Words.Count(path.Points[^1].FeatureCount, "feature")}: fewer were not tried.");
        }

        CountChart counts = PathPictures.Counts(path, PathMeasure.Metric), bounded = PathPictures.Counts(path, PathMeasure.BoundedLoss);
        page.Grid(() =>
        {
            page.Panel((counts with { Layout = ChartLayout.Narrow }).Draw());
            page.Panel((bounded with { Layout = ChartLayout.Narrow }).Draw());
        });
        SelectionTables.AddCounts(page, path);
        page.Heading("The path");
        int marked = Math.Min(SelectedCount(report), path.Points[0].FeatureCount);
        AddBoth(page, PathPictures.Importance(path, marked, PathAxis.FeatureCount));
        if (path.GateDynamics is { } dynamics)
        {
            page.Panel(GatePictures.Portrait(dynamics).Draw());
            AddBoth(page, GatePictures.Gates(dynamics));
        }
    }

    public static void AddStability(ReportPage page, DGatingStability stability)
    {
        const double Threshold = DGatingStability.DefaultThreshold;
        page.Heading("How sure the selection is");
        page.Explain("A frequency says how surely a feature is selected again on other rows of the same kind, not how much it matters: "
            + "of two features that say the same, each may be selected half of the time.");
        BarChart chart = StabilityPicture.Frequencies(stability, stability.SuggestedFeatureCount(Threshold), Threshold);
        page.Explain(chart.Title + ". " + chart.Subtitle);
        Bar[] bars = [.. chart.Bars.OrderByDescending(bar => bar.Value)];
        var table = new ReportTable(
            "Selection frequencies",
            [("Feature", CellKind.Text), ("", CellKind.Bar), ("Frequency", CellKind.Number), ("Stable", CellKind.Text)],
            [.. bars.Select(bar => new ReportRow([bar.Name, NumberText.Value(bar.Value), bar.IsSelected ? "yes" : "no"], bar.Value))])
        {
            Maximum = 1,
        };
        page.Table(table with { Rows = [.. table.Rows.Take(ReportPage.MostOpenRows)] });
        if (bars.Length > ReportPage.MostOpenRows)
        {
            page.Table(
                table with { Rows = [.. table.Rows.Skip(ReportPage.MostOpenRows)] },
                $"The other {Words.Count(bars.Length - ReportPage.MostOpenRows, "feature")}");
        }
    }

    private static void AddBoth(ReportPage page, CurveChart chart)
    {
        chart = chart with { MostCurves = MostCurves };
        page.Figure((chart with { Layout = ChartLayout.Wide }).Draw(), (chart with { Layout = ChartLayout.Narrow }).Draw());
        if (chart.Curves.Count > MostCurves)
        {
            page.Explain($"The {MostCurves} features that left last are drawn.");
        }
    }

    private static string Summary(FeatureSelectionReport report)
    {
        int selected = SelectedCount(report);
        string of = $"{selected} of {Words.Count(report.Features.Count, "feature")} of '{report.FeatureColumnName}'";
        return $"{of} {Words.Are(selected)} selected{(selected == 0 ? ": the model predicts a constant" : "")}.";
    }

    private static string Reason(int selected, DGatingPath path) =>
        selected == 0 && path.SparsestFeatureCount == 0 ? "No feature: no count predicts held-out rows surely better than a constant does."
        : selected == path.SparsestFeatureCount && selected == path.BestFeatureCount
            ? $"{Words.Count(selected, "feature")}: the best count on held-out rows, and none smaller is as good within one standard error."
        : selected == path.SparsestFeatureCount
            ? $"{Words.Count(selected, "feature")}: the fewest that predict held-out rows as well as the best count, "
                + $"{path.BestFeatureCount}, within one standard error."
        : selected == path.BestFeatureCount ? $"{Words.Count(selected, "feature")}: the best count on held-out rows."
        : $"{Words.Count(selected, "feature")}, as asked for. On held-out rows the best count is {path.BestFeatureCount}, and the fewest "
            + $"that are as good within one standard error are {path.SparsestFeatureCount}.";

    private static int SelectedCount(FeatureSelectionReport report) => report.Features.Count(feature => feature.IsSelected);
}
