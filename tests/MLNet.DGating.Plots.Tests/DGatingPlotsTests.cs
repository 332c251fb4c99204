using System.Text;
using System.Xml.Linq;
using CsCheck;
using MLNet.DGating.Plots.Tests.Support;

namespace MLNet.DGating.Plots.Tests;

public sealed class DGatingPlotsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(617)]
    public void EveryPicture_IsWellFormedAndNamesEveryFeature(int features)
    {
        DGatingPath path = Samples.Path(features);
        DGatingPlot[] plots =
        [
            DGatingPlots.Importance(Samples.Report(features, features / 2)),
            DGatingPlots.ImportancePath(path),
            DGatingPlots.ImportancePath(path, axis: PathAxis.Lambda),
        ];
        foreach (DGatingPlot plot in plots)
        {
            var svg = new Svg(plot.ToSvg());
            Assert.Equal(plot.Title, svg.Names.First());
            Assert.All(Enumerable.Range(0, features), feature =>
                Assert.Contains(svg.Names, name => name.StartsWith(Samples.Name(feature), StringComparison.Ordinal)));
            Assert.DoesNotContain("NaN", plot.ToSvg(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void GatePictures_NameEveryFeatureOnce(int features)
    {
        GateDynamics dynamics = Samples.Dynamics(features);
        foreach (DGatingPlot plot in (DGatingPlot[])[DGatingPlots.GatePortrait(dynamics), DGatingPlots.Gates(dynamics)])
        {
            var svg = new Svg(plot.ToSvg());
            Assert.All(Enumerable.Range(0, features), feature => Assert.Single(svg.Named("polyline", Samples.Name(feature))));
            Assert.DoesNotContain("NaN", plot.ToSvg(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Gates_FallFromOneToZero_AndThePathIsMarked()
    {
        var svg = new Svg(DGatingPlots.Gates(Samples.Dynamics(3)).ToSvg());
        double[] heights = [.. Svg.Points(svg.Named("polyline", Samples.Name(2)).Single()).Select(place => place.Y)];
        Assert.Equal(heights.Order(), heights); // y grows downwards
        Assert.True(heights[^1] - heights[0] > 100, $"from {heights[0]} to {heights[^1]}");
        Assert.Contains("the path begins", svg.Texts);
    }

    [Fact]
    public void Pictures_OfSixHundredFeatures_LabelAFewAndStaySmall()
    {
        string svg = DGatingPlots.ImportancePath(Samples.Path(617)).ToSvg();
        Assert.True(svg.Length < 300_000, $"{svg.Length} characters");
        Assert.InRange(new Svg(svg).Texts.Count(text => text.StartsWith("Feature ", StringComparison.Ordinal)), 10, 20);
        Assert.Contains("and 587 more", new Svg(DGatingPlots.Importance(Samples.Report(617, 100)).ToSvg()).Texts);
    }

    [Fact]
    public void Importance_BarsAreAsLongAsTheImportance()
    {
        XElement[] bars = new Svg(DGatingPlots.Importance(Samples.Report(8, 5)).ToSvg()).Named("rect", "Feature");
        Assert.Equal(8, bars.Length);
        double unit = Svg.Number(bars[4], "width");
        Assert.True(unit > 10, $"{unit} pixels");
        for (int i = 0; i < 8; i++)
        {
            Assert.Equal(Math.Max(5 - i, 0) * unit, Svg.Number(bars[i], "width"), tolerance: 0.05);
        }
    }

    [Fact]
    public void Counts_LieHigherTheLargerTheMeasure_AndFurtherLeftTheMoreFeatures() =>
        Gen.Int[2, 60].Sample(features =>
        {
            Svg svg = new(DGatingPlots.Counts(Samples.Path(features), PathMeasure.Metric).ToSvg());
            (double X, double Y)[] line = Svg.Points(svg.Elements("polyline").Single(element =>
                element.Attribute("points")!.Value.Count(c => c == ',') == features && element.Attribute("stroke-width")!.Value == "1.8"));
            Assert.Equal(line.Select(place => place.X).Order(), line.Select(place => place.X));
            // The metric falls with the count, and y grows downwards.
            Assert.Equal(line.Select(place => place.Y).Order(), line.Select(place => place.Y));
        }, iter: 30);

    [Fact]
    public void Counts_MarkTheBestAndTheSparsest()
    {
        var svg = new Svg(DGatingPlots.Counts(Samples.Path(10)).ToSvg());
        Assert.Contains("best: 10", svg.Texts);
        Assert.Contains("sparsest within one standard error: 5", svg.Texts);
        Assert.Single(svg.Named("polygon", "5 features: 0.5 ± 0.01"));
        Assert.Equal(9, svg.Named("circle", "").Length);
    }

    [Fact]
    public void ImportancePath_EndsEveryLineWhereTheFeatureLeft()
    {
        const int Features = 9;
        var svg = new Svg(DGatingPlots.ImportancePath(Samples.Path(Features)).ToSvg());
        double[] ends = [.. Enumerable.Range(0, Features)
            .Select(feature => Svg.Points(svg.Named("polyline", Samples.Name(feature)).Single())[^1].X)];
        Assert.Equal(ends.OrderDescending(), ends); // the first of the ranking stays longest: furthest to the right
        Assert.Equal(Features, ends.Distinct().Count());
    }

    [Fact]
    public void ImportancePath_MarksTheCountAskedFor() =>
        Assert.Contains("chosen: 3", new Svg(DGatingPlots.ImportancePath(Samples.Path(10), 3).ToSvg()).Texts);

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void ImportancePath_OfACountThatIsNotOnThePath_SaysWhichAre(int count)
    {
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => DGatingPlots.ImportancePath(Samples.Path(10), count));
        Assert.Contains("from 10 features to 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_WithoutHeldOutRows_SayThatThereAreNone()
    {
        var svg = new Svg(DGatingPlots.Counts(Samples.Path(5, loss: double.NaN), PathMeasure.Loss).ToSvg());
        Assert.Contains(svg.Texts, text => text.StartsWith("No rows were held out", StringComparison.Ordinal));
    }

    [Fact]
    public void Importance_OfNothingSelected_ShowsAllAtZero()
    {
        var svg = new Svg(DGatingPlots.Importance(Samples.Report(4, 0)).ToSvg());
        Assert.Equal(4, svg.Named("rect", "Feature").Length);
        Assert.All(svg.Named("rect", "Feature"), bar => Assert.Equal(0, Svg.Number(bar, "width")));
        Assert.Contains("Importance of the features: 0 of 4 selected", svg.Texts);
    }

    [Fact]
    public void ImportancePath_ThatWasCancelled_SaysSo() => Assert.Contains(
        "The path was cancelled: features at its end had not left yet.",
        DGatingPlots.ImportancePath(Samples.Path(6, isComplete: false)).Description, StringComparison.Ordinal);

    [Fact]
    public void LongNames_AreCutInTheMiddleAndWholeInTheTooltip()
    {
        string name = "Beginning of a name" + new string('x', 80) + "and its end";
        var svg = new Svg(DGatingPlots.ImportancePath(Samples.Path(2, name: feature => $"{name} {feature}")).ToSvg());
        Assert.Contains($"{name} 1", svg.Names);
        string[] cut = [.. svg.Texts.Where(text => text.Contains('…'))];
        Assert.Equal(2, cut.Length);
        Assert.All(cut, text => Assert.StartsWith("Beginning", text, StringComparison.Ordinal));
        Assert.EndsWith("end 0", cut.Order(StringComparer.Ordinal).First(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnyName_SurvivesTheWayThroughXml() =>
        Gen.String.Where(name => name.Length > 0).Sample(name =>
        {
            var svg = new Svg(DGatingPlots.Importance(Samples.Report(1, 1, _ => name)).ToSvg());
            string bar = svg.Named("rect", "").Single().Value;
            Assert.Equal($"{string.Concat(name.EnumerateRunes().Select(Readable))}: 1", bar);
        }, iter: 300);

    [Fact]
    public void Names_WithMarkup_AreText() =>
        Assert.Contains("a<b>&\"c\"", new Svg(DGatingPlots.ImportancePath(Samples.Path(1, name: _ => "a<b>&\"c\"")).ToSvg()).Texts);

    [Fact]
    public void Stability_BarsAreTheFrequencies_AndTheThresholdLiesAmongThem()
    {
        DGatingPlot plot = DGatingPlots.Stability(Samples.Stability(features: 10), featureCount: 3, threshold: 0.8);
        var svg = new Svg(plot.ToSvg());
        double[] lengths = [.. Enumerable.Range(0, 10)
            .Select(feature => Svg.Number(svg.Named("rect", Samples.Name(feature)).Single(), "width"))];
        Assert.All(lengths[..3], length => Assert.Equal(7 * lengths[9], length, tolerance: 0.1)); // seven of eight runs against one
        Assert.All(lengths[3..7], length => Assert.Equal(0, length));
        Assert.Contains("threshold 0.8", svg.Texts);
        Assert.Contains("Stability: 3 of 10 features are stable", plot.Title, StringComparison.Ordinal);
        Assert.Contains("by chance: at most", plot.Description, StringComparison.Ordinal);
    }

    // White space becomes a space, and XML has no other control characters.
    private static string Readable(Rune rune) => rune.Value switch
    {
        '\t' or '\n' or '\r' => " ",
        0xFFFE or 0xFFFF => "\uFFFD",
        _ => Rune.IsControl(rune) ? "\uFFFD" : rune.ToString(),
    };

    [Fact]
    public void TradeOff_HasALineAndANameForEveryMethod()
    {
        TradeOffSeries[] series =
            [new("gates", [(1, 90), (8, 89.5)]), new("pruned", [(1, 90), (2, 80), (double.NaN, 3)]), new("nothing", [])];
        DGatingPlot plot = DGatingPlots.TradeOff(series, "Accuracy", "One seed.", "operations ÷", "accuracy", logarithmicCost: true);
        var svg = new Svg(plot.ToSvg());
        Assert.Equal("Accuracy", svg.Names.First());
        Assert.All(series, method => Assert.Contains(method.Name, svg.Texts));
        Assert.Equal(2, Svg.Points(svg.Named("polyline", "gates").Single()).Length);
        Assert.Equal(2, svg.Names.Count(name => name.StartsWith("pruned: ", StringComparison.Ordinal)));
    }

    [Fact]
    public void TradeOff_RefusesACostOfZero_OnALogarithmicAxis() => Assert.Throws<ArgumentOutOfRangeException>(
        () => DGatingPlots.TradeOff([new("gates", [(0, 1)])], "a", "b", "c", "d", logarithmicCost: true));
}
