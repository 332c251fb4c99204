namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds how many columns there are for each row, which decides how strongly a network is regularized (docs/theory.md §7).</summary>
/// <param name="Ratio">Columns over rows; 0 where regularization does not depend on it.</param>
internal readonly record struct ColumnsPerRow(double Ratio)
{
    /// <summary>Regularization that does not depend on rows and columns.</summary>
    public static ColumnsPerRow Irrelevant => default;

    /// <summary>The L2 penalty of ungated weights.</summary>
    /// <remarks>It grows from the ratio 1 on, as the ratio to the power of 1.5.</remarks>
    public double L2Regularization => Ratio <= 1
        ? DGatingDefaults.L2Regularization
        : Math.Min(DGatingDefaults.L2Regularization * Math.Pow(Ratio, GrowthOfL2), DGatingDefaults.LargestL2Regularization);

    /// <summary>Whether input noise is never tried: the L2 penalty alone keeps the network from memorising.</summary>
    public bool IsNoiseNeedless => Ratio >= DGatingDefaults.ColumnsPerRowWithoutNoise;

    private static double GrowthOfL2 => 1.5;
}
