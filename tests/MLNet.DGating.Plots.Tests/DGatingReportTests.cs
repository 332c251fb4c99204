using MLNet.DGating.Plots.Tests.Support;

namespace MLNet.DGating.Plots.Tests;

public sealed class DGatingReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Report_NeedsNothingFromOutside()
    {
        string html = DGatingReport.ToHtml("Mice", Samples.Report(40, 20), Samples.Path(40), Samples.Stability(40));
        string[] outside = ["<script", "<link", "<img", "src=", "href=", "url(", "@import"];
        Assert.All(outside, word => Assert.DoesNotContain(word, html, StringComparison.OrdinalIgnoreCase));
        string[] addresses = [.. html.Split('"').Where(part => part.StartsWith("http", StringComparison.Ordinal)).Distinct()];
        Assert.Equal(["http://www.w3.org/2000/svg"], addresses);
    }

    [Fact]
    public void Report_ListsEveryFeatureAndEveryCount()
    {
        string html = DGatingReport.ToHtml("Mice", Samples.Report(40, 35), Samples.Path(40), Samples.Stability(40));
        Assert.All(Enumerable.Range(0, 40), feature =>
            Assert.Contains($"<td class=\"text\">{Samples.Name(feature)}</td>", html, StringComparison.Ordinal));
        Assert.Contains("35 of 40 features", html, StringComparison.Ordinal);
        Assert.Contains("sparsest within one standard error", html, StringComparison.Ordinal);
        Assert.Equal(5, html.Split("<svg").Length - 1);
    }

    [Fact]
    public void Report_ShowsTheGatesWhereThePathRecordedThem()
    {
        string recorded = DGatingReport.ToHtml("Mice", Samples.Report(40, 35), Samples.Path(40, dynamics: Samples.Dynamics(40)));
        string without = DGatingReport.ToHtml("Mice", Samples.Report(40, 35), Samples.Path(40));
        Assert.Contains("from dense to sparse", recorded, StringComparison.Ordinal);
        Assert.DoesNotContain("from dense to sparse", without, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_EscapesTitleAndNames()
    {
        string html = DGatingReport.ToHtml("<b>R&D</b>", Samples.Report(2, 1, feature => $"<i>{feature}"));
        Assert.Contains("<h1>&lt;b&gt;R&amp;D&lt;/b&gt;</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfAnEmptySelection_SaysThatTheModelPredictsAConstant() => Assert.Contains(
        "0 of 3 features of &#39;Features&#39; are selected: the model predicts a constant.",
        DGatingReport.ToHtml("Nothing", Samples.Report(3, 0)), StringComparison.Ordinal);

    [Fact]
    public void Report_OfACancelledPath_SaysSo() => Assert.Contains(
        "The path was cancelled at 0 features",
        DGatingReport.ToHtml("Cancelled", Samples.Report(3, 2), Samples.Path(3, isComplete: false)), StringComparison.Ordinal);

    [Fact]
    public void Save_WritesTheReportWhole()
    {
        string path = Path.Combine(_folder, "report.html");
        DGatingReport.Save(path, "Mice", Samples.Report(5, 2));
        Assert.Equal(DGatingReport.ToHtml("Mice", Samples.Report(5, 2)), File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Save_WithoutAPath_IsRefused() =>
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => DGatingReport.Save(" ", "Mice", Samples.Report(5, 2))).ParamName);
}
