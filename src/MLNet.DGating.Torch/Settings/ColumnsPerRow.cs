namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds the number of columns for each row, which regularization follows from (docs/theory.md §7).</summary>
/// <param name="Ratio">Columns over rows; 0 where regularization does not depend on it.</param>
internal readonly record struct ColumnsPerRow(double Ratio)
{
    /// <summary>The ratio of data that are regularized like many rows.</summary>
    public static ColumnsPerRow Irrelevant => default;

    /// <summary>The L2 penalty of ungated weights: the default up to as many columns as rows, then growing to its largest value.</summary>
    /// <remarks>
    /// It grows with the square of the ratio: at a ratio of 2 products of features, which 1e-3 finds, are lost to 0.02 and more; from 5 on
    /// 0.02 to 0.1 are best.
    /// </remarks>
    public double L2Regularization => Math.Min(
        DGatingDefaults.L2Regularization * Math.Pow(Math.Max(Ratio, 1), 2), DGatingDefaults.LargestL2Regularization);

    /// <summary>The share of the groups that enter a path to a count: all, or so many that there are ten columns a row.</summary>
    public double EnteringShare => Ratio > DGatingDefaults.EnteringColumnsPerRow ? DGatingDefaults.EnteringColumnsPerRow / Ratio : 1;

    /// <summary>The input noise, where it is not worth a search: too few rows can be held out to compare levels. Else null.</summary>
    public double? InputNoise => Ratio >= DGatingDefaults.ColumnsPerRowWithNoise ? DGatingDefaults.InputNoiseOfFewRows : null;
}
