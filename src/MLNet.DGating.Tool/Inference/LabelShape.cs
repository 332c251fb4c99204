using MLNet.DGating.Tool.Columns;

namespace MLNet.DGating.Tool.Inference;

/// <summary>What the distribution of a label that is a number asks of the loss.</summary>
/// <param name="Loss">The loss that suits it; null: the squared error.</param>
/// <param name="Lowest">The lowest label that is no outlier.</param>
/// <param name="Highest">The highest label that is no outlier.</param>
internal sealed record LabelShape(DGatingRegressionLoss? Loss, double Lowest, double Highest)
{
    // An outlier is farther from the others than these are apart, this many times; and outliers are few.
    private const double FarAway = 5, LargestPart = 0.05;
    private const int FewestRows = 20;

    // A deviation above the mean: a few large labels would decide the squared error.
    private const double Skewed = 1;

    /// <summary>Returns the way to read the label with which outliers do not count.</summary>
    public CellFormat Without(CellFormat cells) => cells with
    {
        Lowest = double.IsFinite(Lowest) ? Lowest : null, Highest = double.IsFinite(Highest) ? Highest : null,
    };

    public bool HasOutliers => double.IsFinite(Lowest) || double.IsFinite(Highest);

    public static LabelShape Of(ColumnProfile label)
    {
        NumberTally numbers = label.Numbers(label.Reading.Cells.Numbers);
        if (Counts.Are(label))
        {
            return new(DGatingRegressionLoss.Poisson, double.NegativeInfinity, double.PositiveInfinity);
        }

        double[] sorted = [.. numbers.Sample.Append(numbers.Minimum).Append(numbers.Maximum).Order()];
        double highest = HighestOf(sorted);
        double lowest = -HighestOf([.. sorted.Select(number => -number).Reverse()]);
        bool isSkewed = numbers.Minimum > 0 && Math.Sqrt(numbers.Variance) > Skewed * numbers.Mean;
        return new(
            double.IsFinite(lowest) || double.IsFinite(highest) ? DGatingRegressionLoss.Huber
            : isSkewed ? DGatingRegressionLoss.Gamma
            : null,
            lowest, highest);
    }

    // The highest number below the gap that parts outliers from the others; infinity where there is none.
    private static double HighestOf(double[] sorted)
    {
        // Outliers on the other side are beyond the first of these.
        int few = (int)(LargestPart * sorted.Length);
        int first = sorted.Length < FewestRows ? sorted.Length : sorted.Length - few;
        for (int i = Math.Max(1, first); i < sorted.Length; i++)
        {
            double spread = sorted[i - 1] - sorted[few];
            if (spread > 0 && sorted[i] - sorted[i - 1] > FarAway * spread)
            {
                return sorted[i - 1];
            }
        }

        return double.PositiveInfinity;
    }
}
