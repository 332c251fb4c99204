namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>Asserts that numbers are equal to a tolerance.</summary>
internal static class Near
{
    /// <summary>Asserts that numbers are equal to a relative tolerance, and to an absolute one below 1.</summary>
    public static void Single(float expected, float actual, double tolerance = 1e-5) =>
        Assert.InRange(Math.Abs(expected - actual), 0, tolerance * Math.Max(1, Math.Abs(expected)));
}
