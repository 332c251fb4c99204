namespace MLNet.DGating;

/// <summary>Tells whether labels are skewed so clearly that their logarithm may be easier to learn.</summary>
internal static class Skewness
{
    /// <summary>The least skewness of labels that count as skewed; an exponential distribution has 2.</summary>
    private const double Least = 1.5;

    /// <summary>Tells whether labels are at least 0, skewed to the right, and less skewed as the targets of their logarithm.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="logarithms">The standardized logarithms of the same labels.</param>
    public static bool AsksForLogarithm(ReadOnlySpan<float> labels, ReadOnlySpan<float> logarithms)
    {
        double skewness = Of(labels);
        return skewness >= Least && Math.Abs(Of(logarithms)) < skewness;
    }

    /// <summary>Gives the third moment about the mean, in deviations; 0 where all values are equal.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        double sum = 0, squares = 0, cubes = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        double mean = sum / values.Length;
        foreach (float value in values)
        {
            double distance = value - mean;
            squares += distance * distance;
            cubes += distance * distance * distance;
        }

        double variance = squares / values.Length;
        return variance > 0 ? cubes / values.Length / Math.Pow(variance, 1.5) : 0;
    }
}
