using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Chooses among candidates by the bounded loss of the held-out rows (docs/theory.md §13).</summary>
/// <remarks>
/// Candidates are compared row by row: the standard error of a difference on the same rows is smaller than that of either, and a few rows
/// that no model fits do not blur it. Candidates that differ by rounding alone are equal, and the smaller is taken: the order in which they
/// are given plays no part.
/// </remarks>
/// <param name="loss">Its bounded loss is what counts.</param>
/// <param name="weights">One for each held-out row; empty when all are 1.</param>
/// <param name="blocks">
/// One for each held-out row, 0, 1, …: rows of one block are not independent, and count as one. Null where all rows are.
/// </param>
internal sealed class OneStandardErrorSelector(Loss loss, float[] weights, int[]? blocks = null)
{
    /// <summary>More noise has to be better by this many standard errors.</summary>
    /// <remarks>Where it is needed its effect is many times that, elsewhere it costs accuracy at small counts.</remarks>
    private const double NoiseStandardErrors = 3;

    /// <summary>Bounded losses closer than this are equal: means of thousands of rows are summed to about 1e-13.</summary>
    private const double Rounding = 1e-12;

    /// <summary>The sparsest candidate whose bounded loss is within one standard error (and the loss's tolerance) of the best's.</summary>
    /// <remarks>At the noise chosen first.</remarks>
    public T Choose<T>(IReadOnlyList<T> candidates)
        where T : class, ICandidate
    {
        T best = Best(candidates);
        return candidates.Where(candidate => candidate.Noise == best.Noise && !IsBetter(best, candidate, standardErrors: 1, loss.BoundedLossTolerance))
            .MinBy(candidate => candidate.Count)!;
    }

    /// <summary>The candidate of least bounded loss, at the noise chosen first.</summary>
    public T Best<T>(IReadOnlyList<T> candidates)
        where T : class, ICandidate
    {
        T? best = null;
        foreach (IGrouping<double, T> ofNoise in candidates.GroupBy(candidate => candidate.Noise).OrderBy(group => group.Key))
        {
            T challenger = Least([.. ofNoise]);
            if (best is null || IsBetter(challenger, best, NoiseStandardErrors))
            {
                best = challenger;
            }
        }

        return best!;
    }

    /// <summary>A candidate's mean bounded loss and its standard error.</summary>
    public (double Mean, double Error) MeanBoundedLoss(ICandidate candidate)
    {
        (double mean, double error) = MeanAndError(BoundedLosses(candidate));
        return (mean, Math.Max(error, loss.BoundedLossResolution(candidate.HeldOutLosses.Length)));
    }

    /// <summary>A candidate's mean loss and its standard error.</summary>
    public (double Mean, double Error) MeanLoss(ICandidate candidate) => MeanAndError(candidate.HeldOutLosses);

    /// <summary>
    /// Whether one is better than the other by more than so many standard errors of the difference, row by row, and a tolerance.
    /// </summary>
    public bool IsBetter(ICandidate better, ICandidate than, double standardErrors, double tolerance = 0)
    {
        double[] gains = BoundedLosses(than);
        TensorPrimitives.Subtract(gains, BoundedLosses(better), gains);
        (double gain, double error) = MeanAndError(gains);
        return gain > tolerance + Rounding + standardErrors * Math.Max(error, loss.BoundedLossResolution(gains.Length));
    }

    // Of those that are equal the one of fewest groups.
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
        // A block's mean stands for its rows, with their weight. Sums and weights of the blocks; of the rows themselves where there are
        // none.
        int count = blocks is null ? values.Length : blocks.Max() + 1;
        var sums = new double[count];
        var totals = new double[count];
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

        // Variance of a weighted mean: the blocks count as (Σw)² / Σw² equal ones.
        return (mean, Math.Sqrt(squares / total * squaredWeights) / total);
    }
}
