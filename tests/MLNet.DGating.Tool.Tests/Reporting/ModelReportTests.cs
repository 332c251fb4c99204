using System.Globalization;
using System.Text.RegularExpressions;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Reporting;

/// <summary>The page about a training tells what somebody needs who was not there.</summary>
[Collection(nameof(TrainedModels))]
public sealed class ModelReportTests(TrainedModels models)
{
    [Fact]
    public void ThePage_BeginsWithDataRowsDateSeedAndCommand()
    {
        string page = Page("income");
        string[] facts =
        [
            "<dt>Data</dt><dd>adult.csv: 500 rows, 15 columns</dd>", "<dt>Seed</dt><dd>1</dd>", "dgating train ",
            "<dt>Tested</dt><dd>on all 500 rows in turn, 5 folds</dd>", "<dt>Made by</dt><dd>dgating 1.",
            $"<dt>Date</dt><dd>{DateTime.Now.Year.ToString(CultureInfo.InvariantCulture)}",
        ];
        Assert.All(facts, fact => Assert.Contains(fact, page, StringComparison.Ordinal));
        Assert.Matches("5 of 14 features predict &#39;label\\(IsOver50K\\)&#39;: area under ROC curve 0\\.\\d+ \\(95 % interval", page);
    }

    [Theory]
    [InlineData("income", "ROC curve|Precision and recall|Calibration|Rows of each class|log loss (nats)|probability of 1|The surest")]
    [InlineData("relationship", "Calibration|Rows of each class|log loss (nats)|The least sure")]
    [InlineData("fare", "Predicted and actual|Errors by prediction|Distribution of errors|R²|error, 95 % quantile|The largest error")]
    public void EachTask_HasItsMetricsPicturesEffectsAndExamples(string model, string words)
    {
        string page = Page(model);
        string[] told =
            [.. words.Split('|'), "What each feature does", "Why this count", "What was dropped, and why", "Some rows explained"];
        Assert.All(told, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheEffectOfAFeature_IsThatOfTheModel()
    {
        // Long trips cost more, whatever else they are.
        string page = Page("fare");
        Match figure = Regex.Match(page, "<figcaption>trip_(distance|time_in_secs)</figcaption>.*?</svg>", RegexOptions.Singleline);
        Assert.True(figure.Success);
        Match line = Regex.Match(figure.Value, "<polyline points=\"([^\"]+)\" fill=\"none\" stroke=\"#0072B2\"");
        double[] heights =
        [
            .. line.Groups[1].Value.Split(' ').Select(point => double.Parse(point.Split(',')[1], CultureInfo.InvariantCulture)),
        ];
        Assert.True(heights[^1] < heights[0] - 50, string.Join(' ', heights));
    }

    [Fact]
    public void AnAdditiveModel_HasItsCurves_AndWhatCategoriesAdd()
    {
        ToolRun.Of(
            "train", models.Adult, "--label", TrainedModels.IncomeLabel, "--shape", "additive", "--features", "6",
            "-o", models["curves.zip"]).Succeeded();
        string page = Page("curves");
        Assert.Contains("The model is the sum of these curves", page, StringComparison.Ordinal);
        Assert.Contains("added to the log-odds of 1", page, StringComparison.Ordinal);
        Assert.Matches("<span class=\"minus\" style=\"--w:\\d", page[page.IndexOf("What each feature does", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExplainedRow_ShowsItsCells()
    {
        string page = Page("fare");
        Match row = Regex.Match(page, @"The highest prediction: row ([\d,]+)</h3>");
        Assert.True(row.Success);
        string[] cells = TestTables.Cells(models.Fares)[int.Parse(row.Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture)];
        string table = page[row.Index..page.IndexOf("</table>", row.Index, StringComparison.Ordinal)];
        string[] columns = TestTables.Cells(models.Fares)[0];
        IReadOnlyList<Match> shown = Regex.Matches(table, "<td class=\"text\">([^<]+)</td><td class=\"text\">([^<]+)</td>");
        Assert.NotEmpty(shown);
        Assert.All(shown, one => Assert.Equal(cells[Array.IndexOf(columns, one.Groups[1].Value)], one.Groups[2].Value));
    }

    [Fact]
    public void ACopyOfAKeptColumn_IsItsStandIn_WithTheQualityThatItHas()
    {
        var random = new Random(1);
        string[] rows = [.. Enumerable.Range(0, 300).Select(_ =>
        {
            double a = random.NextDouble(), copy = a + (0.05 * random.NextDouble()), b = random.NextDouble();
            return string.Create(CultureInfo.InvariantCulture, $"{a:f4},{copy:f4},{b:f4},{random.NextDouble():f4},{(2 * a) + b:f4}");
        })];
        File.WriteAllLines(models["copies.csv"], ["a,copy,b,noise,y", .. rows]);
        ToolRun.Of("train", models["copies.csv"], "--label", "y", "--features", "2", "-o", models["copies.zip"]).Succeeded();
        string page = Page("copies");
        string standIns = page[page.IndexOf("<h2>Stand-ins</h2>", StringComparison.Ordinal)..];
        Assert.Matches(
            @"<td class=""text"">(a|copy)</td><td class=""text"">(a|copy)</td><td>(1|0\.9\d*)</td><td>(1|0\.9\d*)</td>"
            + @"<td class=""text"">R² [01]\.\d+, with the kept one [01]\.\d+ \(on 60 rows\)</td>", standIns);
        Assert.DoesNotContain("noise", standIns[..standIns.IndexOf("<h2>Why", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    private string Page(string model) => File.ReadAllText(models[$"{model}.html"]);
}
