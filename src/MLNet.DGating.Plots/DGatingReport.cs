using System.Text;
using MLNet.DGating.Model;
using MLNet.DGating.Plots.Report;

namespace MLNet.DGating.Plots;

/// <summary>A report about a selection: tables and pictures in one HTML file.</summary>
/// <remarks>
/// The file needs nothing from outside: any browser shows it, on a telephone and on a wide screen, on light and on dark paper, and it can
/// be sent by mail and printed. A small script searches long tables; without it they are whole.
/// </remarks>
/// <example>
/// <code>
/// var path = mlContext.BinaryClassification.Trainers.DGating().FitPath(data);
/// string html = DGatingReport.ToHtml("Churn", path.SparsestWithinOneStandardError.Model.FeatureSelection, path);
/// </code>
/// </example>
public static class DGatingReport
{
    /// <summary>Writes the report. The file appears whole or not at all.</summary>
    /// <example>
    /// <code>
    /// var path = mlContext.BinaryClassification.Trainers.DGating().FitPath(data);
    /// DGatingReport.Save("report.html", "Churn", path.SparsestWithinOneStandardError.Model.FeatureSelection, path);
    /// </code>
    /// </example>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="title">The subject of the selection; the heading of the page.</param>
    /// <param name="report">The model's selection: <c>transformer.Model.FeatureSelection</c>.</param>
    /// <param name="regularizationPath">
    /// The path the model comes from: what other counts would cost, and the gates on the way where they were recorded.
    /// </param>
    /// <param name="stability">The result of stability selection: how surely each feature is selected.</param>
    /// <exception cref="ArgumentException">The path is empty or that of a folder.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static void Save(
        string path, string title, FeatureSelectionReport report,
        DGatingPath? regularizationPath = null, DGatingStability? stability = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AtomicFile.Write(path, temporary =>
            File.WriteAllBytes(temporary, Encoding.UTF8.GetBytes(ToHtml(title, report, regularizationPath, stability))));
    }

    /// <summary>Returns the report as a page of HTML.</summary>
    /// <inheritdoc cref="Save" path="/param"/>
    public static string ToHtml(
        string title, FeatureSelectionReport report, DGatingPath? regularizationPath = null, DGatingStability? stability = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        return ToHtml(title, new DGatingReportContent { Selection = report, Path = regularizationPath, Stability = stability });
    }

    /// <summary>Returns a report of whatever is given as a page of HTML.</summary>
    /// <param name="title">The subject; the heading of the page.</param>
    /// <param name="content">What is told.</param>
    public static string ToHtml(string title, DGatingReportContent content)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(content);
        var page = new ReportPage(title);
        FeatureSelectionReport report = content.Selection;
        ReportSections.AddHead(page, content);
        if (content.Test is { } test)
        {
            TestSection.Add(page, test);
        }

        ReportSections.AddSelection(page, report);
        if (content.Effects.Count > 0)
        {
            EffectSections.AddEffects(page, content.Effects, hasPairs: report.Pairs.Count > 0);
        }

        if (content.Surfaces.Count > 0)
        {
            SurfaceSection.Add(page, content.Surfaces);
        }

        if (content.Substitutes.Count > 0 || content.StandIns.Count > 0)
        {
            EffectSections.AddStandIns(page, content.Substitutes, content.StandIns);
        }

        if (content.Path is { } path)
        {
            ReportSections.AddPath(page, report, path, content.CountReason);
        }

        if (content.Stability is { } stability)
        {
            ReportSections.AddStability(page, stability);
        }

        if (content.Examples.Count > 0)
        {
            EffectSections.AddExamples(page, content.Examples, hasPairs: report.Pairs.Count > 0);
        }

        EffectSections.AddDropped(page, report, content.LeftOut);
        return page.Finish();
    }
}
