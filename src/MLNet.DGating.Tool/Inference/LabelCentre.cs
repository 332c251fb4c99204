namespace MLNet.DGating.Tool.Inference;

/// <summary>The number to take away from a label whose values lie close together for their size.</summary>
internal static class LabelCentre
{
    // From this mean on, in deviations, predictions in single precision lose digits that a model could get right.
    private const double LargeMean = 1000;

    /// <summary>Returns a number near the mean, as round as the label's spread allows; null where nothing is taken away.</summary>
    /// <param name="label">The profile of the label, which is a number.</param>
    public static double? Of(ColumnProfile label)
    {
        NumberTally numbers = label.Numbers(label.Reading.Cells.Numbers);
        double deviation = Math.Sqrt(numbers.Variance);
        if (!double.IsFinite(deviation) || Math.Abs(numbers.Mean) < LargeMean * deviation || deviation == 0)
        {
            return null;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(deviation)));
        return Math.Round(numbers.Mean / unit) * unit;
    }
}
