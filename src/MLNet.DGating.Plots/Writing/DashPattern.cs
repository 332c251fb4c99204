using MLNet.DGating.Plots.Drawing;

namespace MLNet.DGating.Plots.Writing;

/// <summary>The dashes of a pen: lengths of strokes and gaps, in pixels.</summary>
internal static class DashPattern
{
    public static double[] Of(Pen pen) => pen.Dash switch
    {
        Dash.Dashed => [3.5 * pen.Width, 3 * pen.Width],
        Dash.Dotted => [0.1, 3 * pen.Width],
        _ => [],
    };
}
