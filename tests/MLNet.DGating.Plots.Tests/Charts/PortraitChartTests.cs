using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Tests.Support;
using MLNet.DGating.Plots.Writing;

namespace MLNet.DGating.Plots.Tests.Charts;

public sealed class PortraitChartTests
{
    [Fact]
    public void Portrait_EndsAtTheOriginForWhatLeft_AndNamesAll()
    {
        var svg = new Svg(SvgWriter.Write(Chart(
            new("stays", [1, 0.9, 0.8], [1, 0.9, 0.85]), new("leaves", [1, 0.4, 0], [1, 0.5, 0])).Draw()));
        (double x, double y) = Svg.Points(svg.Named("polyline", "balanced").Single())[0];
        Assert.Equal((x, y), Svg.Points(svg.Named("polyline", "leaves").Single())[^1]);
        Assert.NotEqual((x, y), Svg.Points(svg.Named("polyline", "stays").Single())[^1]);
        Assert.Contains("stays", svg.Texts);
    }

    [Fact]
    public void Portrait_OfNothing_HasTitlesAndAxes_AndOnlyTheDiagonalHasAName()
    {
        var svg = new Svg(SvgWriter.Write(Chart().Draw()));
        Assert.Equal(["Gates", "balanced: γ = ‖ω‖"], svg.Names);
        string[] expected = ["Gates", "How they move.", "gate γ", "norm of the primary weights ω", "0", "1", "balanced"];
        Assert.All(expected, text => Assert.Contains(text, svg.Texts));
    }

    private static PortraitChart Chart(params Trajectory[] trajectories) =>
        new() { Title = "Gates", Subtitle = "How they move.", Trajectories = trajectories };
}
