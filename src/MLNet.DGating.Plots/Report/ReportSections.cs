using MLNet.DGating.Plots.Pictures;

namespace MLNet.DGating.Plots.Report;

/// <summary>The sections of a report: the selection, the path it comes from, and its stability.</summary>
internal static class ReportSections
{
    public static void AddSelection(ReportPage page, FeatureSelectionReport report)
    {
        int selected = SelectedCount(report);
        page.Lead($"{selected} of {report.Features.Count} features of '{report.FeatureColumnName}' are selected"
            + $"{(selected == 0 ? ": the model predicts a constant" : "")}.");
        page.Heading("The selection");
        page.Figure(SelectionPicture.Importance(report).Draw());
        SelectionTables.AddFeatures(page, report);
    }

    public static void AddPath(ReportPage page, FeatureSelectionReport report, DGatingPath path)
    {
        page.Heading("What other counts would cost");
        if (!path.IsComplete)
        {
            page.Explain($"The path was cancelled at {path.Points[^1].FeatureCount} features: fewer were not tried.");
        }

        page.Figure(PathPictures.Counts(path, PathMeasure.Metric).Draw());
        page.Figure(PathPictures.Counts(path, PathMeasure.BoundedLoss).Draw());
        SelectionTables.AddCounts(page, path);
        page.Heading("The path");
        int marked = Math.Min(SelectedCount(report), path.Points[0].FeatureCount);
        page.Figure(PathPictures.Importance(path, marked, PathAxis.FeatureCount).Draw());
        if (path.GateDynamics is { } dynamics)
        {
            page.Figure(GatePictures.Portrait(dynamics).Draw());
            page.Figure(GatePictures.Gates(dynamics).Draw());
        }
    }

    public static void AddStability(ReportPage page, DGatingStability stability)
    {
        const double Threshold = DGatingStability.DefaultThreshold;
        page.Heading("How sure the selection is");
        page.Explain("A frequency says how surely a feature is selected again on other rows of the same kind, not how much it matters: "
            + "of two features that say the same, each may be selected half of the time.");
        page.Figure(StabilityPicture.Frequencies(stability, stability.SuggestedFeatureCount(Threshold), Threshold).Draw());
    }

    private static int SelectedCount(FeatureSelectionReport report) => report.Features.Count(feature => feature.IsSelected);
}
