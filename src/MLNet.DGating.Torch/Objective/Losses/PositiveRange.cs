namespace MLNet.DGating.Torch.Objective.Losses;

/// <summary>Holds the range to which labels above 0 and their predictions are clipped where candidates are compared.</summary>
/// <remarks>
/// No bounded score is consistent for the mean of unbounded labels. On a bounded range the deviance is both (docs/theory.md §21).
/// </remarks>
/// <param name="Low">The least number, above 0.</param>
/// <param name="High">The greatest number.</param>
internal readonly record struct PositiveRange(double Low, double High)
{
    private const double Lowest = 0.01, Highest = 10;

    /// <summary>The range of targets whose mean, without zeros, is 1.</summary>
    public static PositiveRange Default { get; } = new(Lowest, Highest);

    /// <summary>Creates the range from a hundredth to ten times the mean of the targets above 0.</summary>
    public static PositiveRange Of(ReadOnlySpan<float> targets, ReadOnlySpan<float> weights)
    {
        double sum = 0, total = 0;
        for (int row = 0; row < targets.Length; row++)
        {
            double weight = targets[row] <= 0 ? 0 : weights.IsEmpty ? 1 : weights[row];
            sum += weight * targets[row];
            total += weight;
        }

        return total > 0 ? new PositiveRange(Lowest * sum / total, Highest * sum / total) : Default;
    }

    public double Clip(double value) => Math.Clamp(value, Low, High);
}
