using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Chooses among candidates by the bounded loss of the held-out rows (docs/theory.md §13).</summary>
/// <remarks>
/// Candidates are compared row by row: the standard error of a difference on the same rows is smaller than that of either mean, and rows
/// that no model fits cancel in it. Of candidates that differ by rounding alone the one with fewer groups is taken, so that their order
/// has no influence.
/// </remarks>
/// <param name="loss">Gives the bounded loss.</param>
/// <param name="weights">The weight of each held-out row; empty where all are 1.</param>
/// <param name="blocks">
/// The block of each held-out row, 0, 1, …: rows of one block are not independent, and count as one. Null where all rows are independent.
/// </param>
internal sealed class OneStandardErrorSelector(Loss loss, float[] weights, int[]? blocks = null)
{
    /// <summary>The number of standard errors by which more noise must be better to be chosen.</summary>
    /// <remarks>Where noise is needed its effect is many times that. Elsewhere it costs accuracy at small counts.</remarks>
    private const double NoiseStandardErrors = 3;

    /// <summary>The difference below which bounded losses are equal: means over thousands of rows are exact to about 1e-13.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Gives the smallest candidate that is as good as the best one within one standard error and the loss's tolerance.</summary>
    /// <remarks>The noise is chosen before; only candidates of that noise are compared.</remarks>
    public T Choose<T>(IReadOnlyList<T> candidates)
        where T : class, ICandidate
    {
        T best = Best(candidates);
        return candidates.Where(candidate => candidate.Noise == best.Noise && IsAsGood(candidate)).MinBy(candidate => candidate.Count)!;

        bool IsAsGood(T candidate) => !IsBetter(best, candidate, standardErrors: 1, loss.BoundedLossTolerance);
    }

    /// <summary>Chooses the noise, and gives the candidate of least mean bounded loss at that noise.</summary>
    public T Best<T>(IReadOnlyList<T> candidates)
        where T : class, ICandidate
    {
        T? best = null;
        foreach (IGrouping<double, T> ofNoise in candidates.GroupBy(candidate => candidate.Noise).OrderBy(group => group.Key))
        {
            T bestOfNoise = Least([.. ofNoise]);
            if (best is null || IsBetter(bestOfNoise, best, NoiseStandardErrors))
            {
                best = bestOfNoise;
            }
        }

        return best!;
    }

    /// <summary>Computes a candidate's mean bounded loss and its standard error.</summary>
    public (double Mean, double Error) MeanBoundedLoss(ICandidate candidate)
    {
        (double mean, double error) = MeanAndError(BoundedLosses(candidate));
        return (mean, Math.Max(error, loss.BoundedLossResolution(candidate.HeldOutLosses.Length)));
    }

    /// <summary>Computes a candidate's mean loss and its standard error.</summary>
    public (double Mean, double Error) MeanLoss(ICandidate candidate) => MeanAndError(candidate.HeldOutLosses);

    /// <summary>Tells whether one candidate is better than another, by the differences of their bounded losses row by row.</summary>
    /// <param name="better">The candidate that may be better.</param>
    /// <param name="than">The candidate to compare with.</param>
    /// <param name="standardErrors">The number of standard errors of the difference that the mean difference must exceed.</param>
    /// <param name="tolerance">A bounded loss that the mean difference must exceed in addition.</param>
    public bool IsBetter(ICandidate better, ICandidate than, double standardErrors, double tolerance = 0)
    {
        double[] gains = BoundedLosses(than);
        TensorPrimitives.Subtract(gains, BoundedLosses(better), gains);
        (double gain, double error) = MeanAndError(gains);
        return gain > tolerance + Rounding + standardErrors * Math.Max(error, loss.BoundedLossResolution(gains.Length));
    }

    // Gives the candidate of least mean bounded loss; of equal ones that with the fewest groups.
    private T Least<T>(T[] candidates)
        where T : class, ICandidate
    {
        double[] means = Array.ConvertAll(candidates, candidate => MeanBoundedLoss(candidate).Mean);
        double least = means.Min();
        return candidates.Where((_, i) => means[i] <= least + Rounding).MinBy(candidate => candidate.Count)!;
    }

    private static double[] BoundedLosses(ICandidate candidate) => [.. candidate.HeldOutBoundedLosses];

    private (double Mean, double Error) MeanAndError(double[] values)
    {
        // A block is represented by the mean of its rows, with their weight. Without blocks every row is a block of its own.
        int count = blocks is null ? values.Length : blocks.Max() + 1;
        double[] sums = new double[count];
        double[] totals = new double[count];
        for (int i = 0; i < values.Length; i++)
        {
            double weight = weights.Length == 0 ? 1 : weights[i];
            int block = blocks is null ? i : blocks[i];
            sums[block] += weight * values[i];
            totals[block] += weight;
        }

        double total = totals.Sum(), mean = sums.Sum() / total;
        double squares = 0, squaredWeights = 0;
        for (int block = 0; block < count; block++)
        {
            if (totals[block] > 0)
            {
                double deviation = sums[block] / totals[block] - mean;
                squares += totals[block] * deviation * deviation;
                squaredWeights += totals[block] * totals[block];
            }
        }

        // The variance of a weighted mean: the blocks count as (Σw)² / Σw² blocks of equal weight.
        return (mean, Math.Sqrt(squares / total * squaredWeights) / total);
    }
}
