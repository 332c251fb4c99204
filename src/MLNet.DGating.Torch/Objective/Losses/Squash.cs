namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Computes the convex function √(1 + z²) and its slope, by which scores of numbers are bounded (docs/theory.md §21).</summary>
internal static class Squash
{
    public static double Value(double z) => double.Hypot(1, z);

    /// <summary>Gives z / √(1 + z²), between −1 and 1, with the slope 1 at 0.</summary>
    public static double Slope(double z) => z / Value(z);
}
