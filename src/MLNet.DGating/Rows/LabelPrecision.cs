using System.Globalization;

namespace MLNet.DGating;

/// <summary>Tells whether labels lie so close together, for their size, that single precision rounds them noticeably.</summary>
internal static class LabelPrecision
{
    // Single precision has 24 bits; a thousandth of the spread is hidden by any noise.
    private const double NegligiblePart = 1e-3;

    /// <summary>Describes what is lost; null where that is nothing to speak of.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="column">The name of the label column.</param>
    public static string? Describe(ReadOnlySpan<float> labels, string column)
    {
        double mean = 0, squares = 0, count = 0;
        float largest = 0;
        foreach (float label in labels)
        {
            double deviation = label - mean;
            mean += deviation / ++count;
            squares += deviation * (label - mean);
            largest = Math.Max(largest, Math.Abs(label));
        }

        double spread = Math.Sqrt(squares / count);
        double spacing = largest - MathF.BitDecrement(largest);
        return !double.IsFinite(spread) || spread == 0 || spacing < NegligiblePart * spread ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Column '{column}': the labels vary by {spread:g3} near {mean:g4}, where Single has steps of {spacing:g3}, so labels and " +
            $"scores are rounded. Take a number near the mean away from the labels in double precision, and add it to the scores.");
    }
}
