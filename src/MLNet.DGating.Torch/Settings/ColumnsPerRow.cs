namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds the number of columns for each row, which regularization follows from (docs/theory.md §7).</summary>
/// <param name="Ratio">Columns over rows; 0 where regularization does not depend on it.</param>
internal readonly record struct ColumnsPerRow(double Ratio)
{
    // At ratios of 2 to 10 the products of features that 1e-3 finds are lost to 0.02 and more, while sums gain from it.
    private const double Growth = 1.5;

    /// <summary>The ratio of data that are regularized like many rows.</summary>
    public static ColumnsPerRow Irrelevant => default;

    /// <summary>The L2 penalty of ungated weights: the default up to as many columns as rows, then growing to its largest value.</summary>
    public double L2Regularization => Math.Min(
        DGatingDefaults.L2Regularization * Math.Pow(Math.Max(Ratio, 1), Growth), DGatingDefaults.LargestL2Regularization);

    /// <summary>The input noise, where it is not worth a search: too few rows can be held out to compare levels. Else null.</summary>
    public double? InputNoise => Ratio >= DGatingDefaults.ColumnsPerRowWithNoise ? DGatingDefaults.InputNoiseOfFewRows : null;
}
