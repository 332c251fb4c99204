using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Drawing;

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
    public void Portrait_OfNothing_IsStillAPicture() => Assert.NotEmpty(new Svg(SvgWriter.Write(Chart().Draw())).Texts);

    private static PortraitChart Chart(params Trajectory[] trajectories) => new() { Title = "Gates", Subtitle = "How they move.", Trajectories = trajectories };
}
