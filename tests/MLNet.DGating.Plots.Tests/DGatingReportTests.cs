using System.Text.RegularExpressions;
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
        // Two small charts of counts, and the path for wide and for narrow screens.
        Assert.Equal(4, html.Split("<svg").Length - 1);
    }

    [Fact]
    public void Report_OfAnAdditiveModel_TellsThatItsCurvesAddUp_AndShowsWhatIsSubtracted()
    {
        string html = DGatingReport.ToHtml("Additive", new DGatingReportContent
        {
            Selection = Samples.Report(3, 2),
            Effects =
            [
                new ReportEffect
                {
                    Feature = "contract", Prediction = "added to the score", IsAdded = true,
                    Categories = [("monthly", 0.4), ("yearly", -0.1)],
                },
            ],
        });
        Assert.Contains("The model is the sum of these curves", html, StringComparison.Ordinal);
        Assert.Contains("<td>+0.4</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td>−0.1</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_OfPairs_HasAHeatMapForEach()
    {
        FeatureSelectionReport selection = Samples.Report(3, 2, slot => slot == 0 ? "a<b" : $"f{slot}");
        var pair = new FeaturePair(selection.Features[0], selection.Features[1], 0.3f);
        SurfacePoint[] rows = [new("1", 1, 0), new("2", 2, 0)], columns = [new("3", 3, 1), new("missing", float.NaN, 1)];
        string html = DGatingReport.ToHtml("Pairs", new DGatingReportContent
        {
            Selection = selection,
            Surfaces =
            [
                new ReportSurface
                {
                    Surface = new FeatureSurface(pair, rows, columns, new float[,] { { 0.4f, -0.4f }, { 0, 0.1f } }, (_, _) => 0),
                    Prediction = "added to the score",
                },
            ],
        });
        Assert.Contains("<h3>a&lt;b × f1</h3>", html, StringComparison.Ordinal);
        Assert.Contains("What is added to the score; its deviation over the training rows is 0.3.", html, StringComparison.Ordinal);
        Assert.Contains("<caption>a&lt;b down, f1 across</caption>", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"background: rgba(213, 94, 0, 0.50)\">+0.4</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"background: rgba(0, 114, 178, 0.50)\">−0.4</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"background: rgba(213, 94, 0, 0.00)\">0</td>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">missing</th>", html, StringComparison.Ordinal);
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
    public void ATableOfThousandsOfRows_IsClosedAndCanBeSearched_AndTheFileStaysSmall()
    {
        string html = DGatingReport.ToHtml("Many", Samples.Report(2002, 40), Samples.Path(2002));
        string open = Regex.Replace(html, "<details>.*?</details>", "", RegexOptions.Singleline);
        Assert.InRange(Rows(DGatingReport.ToHtml("Many", Samples.Report(2002, 40))), 2002, 2010);
        Assert.InRange(Rows(Regex.Replace(DGatingReport.ToHtml("Many", Samples.Report(2002, 40)), "<details>.*?</details>", "",
            RegexOptions.Singleline)), 30, 32);
        string text = Regex.Replace(open, "<svg.*?</svg>", "", RegexOptions.Singleline);
        Assert.DoesNotContain(Samples.Name(1999), text, StringComparison.Ordinal);
        Assert.Contains("The 1,962 features that are not selected, the last to leave first", html, StringComparison.Ordinal);
        Assert.Contains("<input hidden class=\"search\" type=\"search\"", html, StringComparison.Ordinal);
        // The 120 curves of the features that left last, wide and narrow.
        Assert.Equal(240, html.Split("</polyline>").Length - 1);

        static int Rows(string page) => page.Split("<tr").Length - 1;
    }

    [Theory]
    [InlineData(2, 1, "1 of 2 features of &#39;Features&#39; is selected.")]
    [InlineData(2, 1, "The feature that is not selected")]
    [InlineData(32, 31, "The other 1 selected feature<")]
    [InlineData(5, 2, "The 3 features that are not selected, the last to leave first")]
    public void Counts_AgreeWithTheirNouns(int features, int selected, string words) => Assert.Contains(
        words, DGatingReport.ToHtml("Nouns", Samples.Report(features, selected)), StringComparison.Ordinal);

    [Fact]
    public void Report_TellsAllThatIsGiven_AndEscapesIt()
    {
        string html = DGatingReport.ToHtml("All", Samples.Content());
        string[] told =
        [
            "churn.csv, 7,043 rows", "log loss (nats)", "0.31 to 0.45", "Only 12 rows", "<caption>Rows of each class", "ROC curve",
            "Precision and recall", "Calibration", "Predicted and actual", "Distribution of errors", "probability of &lt;yes&gt;",
            "monthly",
            "Stand-ins", "R² 0.81, with the kept one 0.83", "The surest &#39;yes&#39;: row 12", "−1.5", "no value repeats, as in an id",
        ];
        Assert.All(told, text => Assert.Contains(text, html, StringComparison.Ordinal));
        Assert.DoesNotContain("<yes>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

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
