using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The number to take away from a label whose values lie close together for their size.</summary>
internal static class LabelCentre
{
    // From this mean on, in deviations, predictions in single precision lose digits that a model could get right.
    private const double LargeMean = 1000;

    /// <summary>Returns a number near the mean, as round as the label's spread allows; null where nothing is taken away.</summary>
    /// <param name="label">The profile of the label, which is a number.</param>
    /// <param name="objective">What is learnt: losses of counts and amounts, and logarithms, need the numbers themselves.</param>
    public static double? Of(ColumnProfile label, Objective objective)
    {
        NumberTally numbers = label.Numbers(label.Reading.Cells.Numbers);
        double deviation = Math.Sqrt(numbers.Variance);
        bool isShiftable = objective is
        {
            TargetTransform: null,
            Loss: null or DGatingRegressionLoss.Absolute or DGatingRegressionLoss.Huber or DGatingRegressionLoss.Quantile,
        };
        if (!isShiftable || !double.IsFinite(deviation) || Math.Abs(numbers.Mean) < LargeMean * deviation || deviation == 0)
        {
            return null;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(deviation)));
        return Math.Round(numbers.Mean / unit) * unit;
    }
}
