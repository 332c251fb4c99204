using System.Text;
using MLNet.DGating.Plots.Drawing;
using MLNet.DGating.Plots.Report;

namespace MLNet.DGating.Plots;

/// <summary>
/// Everything about a selection in one HTML file: tables and pictures, without scripts and without anything from outside, to be read in any browser, sent by mail and printed.
/// </summary>
public static class DGatingReport
{
    /// <summary>Writes the report. The file appears whole or not at all.</summary>
    /// <param name="path">Where to; a file that is there is replaced.</param>
    /// <param name="title">What the selection is about; the heading of the page.</param>
    /// <param name="report">What the model selected: <c>transformer.Model.FeatureSelection</c>.</param>
    /// <param name="regularizationPath">The path the model comes from: what other counts would cost, and the gates on the way where they were recorded.</param>
    /// <param name="stability">How surely each feature is selected.</param>
    /// <exception cref="ArgumentException">The path is empty or that of a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void Save(string path, string title, FeatureSelectionReport report, DGatingPath? regularizationPath = null, DGatingStability? stability = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToHtml(title, report, regularizationPath, stability)));
    }

    /// <summary>The report as a page of HTML.</summary>
    /// <inheritdoc cref="Save" path="/param"/>
    public static string ToHtml(string title, FeatureSelectionReport report, DGatingPath? regularizationPath = null, DGatingStability? stability = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(report);
        var page = new ReportPage(title);
        AddSelection(page, report);
        if (regularizationPath is not null)
            AddPath(page, report, regularizationPath);
        if (stability is not null)
            AddStability(page, stability);
        return page.Finish();
    }

    private static void AddSelection(ReportPage page, FeatureSelectionReport report)
    {
        int selected = report.Features.Count(feature => feature.IsSelected);
        page.Lead($"{selected} of {report.Features.Count} features of '{report.FeatureColumnName}' are selected{(selected == 0 ? ": the model predicts a constant" : "")}.");
        page.Heading("The selection");
        page.Figure(DGatingPlots.Importance(report));
        SelectionTables.AddFeatures(page, report);
    }

    private static void AddPath(ReportPage page, FeatureSelectionReport report, DGatingPath path)
    {
        page.Heading("What other counts would cost");
        if (!path.IsComplete)
            page.Explain($"The path was cancelled at {path.Points[^1].FeatureCount} features: fewer were not tried.");
        page.Figure(DGatingPlots.Counts(path, PathMeasure.Metric));
        page.Figure(DGatingPlots.Counts(path, PathMeasure.BoundedLoss));
        SelectionTables.AddCounts(page, path);
        page.Heading("The path");
        int selected = report.Features.Count(feature => feature.IsSelected);
        page.Figure(DGatingPlots.ImportancePath(path, Math.Min(selected, path.Points[0].FeatureCount)));
        if (path.GateDynamics is { } dynamics)
        {
            page.Figure(DGatingPlots.GatePortrait(dynamics));
            page.Figure(DGatingPlots.Gates(dynamics));
        }
    }

    private static void AddStability(ReportPage page, DGatingStability stability)
    {
        page.Heading("How sure the selection is");
        page.Explain("A frequency says how surely a feature is selected again on other rows of the same kind, not how much it matters: of two features that say the same, each may be selected half of the time.");
        page.Figure(DGatingPlots.Stability(stability));
    }
}
