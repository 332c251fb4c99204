using MLNet.DGating.Torch.Objective.Losses;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>
/// Which candidate to believe, by the misfit of the held-out rows. Candidates are compared row by row: the standard error of a
/// difference on the same rows is smaller than that of either, and a few rows that no model fits do not blur it.
/// </summary>
/// <param name="loss">Its misfit is what counts.</param>
/// <param name="weights">One for each held-out row; empty when all are 1.</param>
/// <param name="blocks">One for each held-out row, 0, 1, …: rows of one block are not independent, and count as one. Null where all rows are.</param>
internal sealed class OneStandardErrorSelector(Loss loss, float[] weights, int[]? blocks = null)
{
    /// <summary>More noise has to be better by this many standard errors: where it is needed its effect is many times that, elsewhere it costs accuracy at small counts.</summary>
    private const double NoiseStandardErrors = 3;

    /// <summary>The sparsest candidate whose misfit is within one standard error (and what the loss tolerates) of the best's, at the noise chosen first.</summary>
    public T Choose<T>(IReadOnlyList<T> trials)
        where T : class, ICandidate
    {
        T best = Best(trials);
        return trials.Where(trial => trial.Noise == best.Noise && !IsBetter(best, trial, standardErrors: 1, loss.BoundedLossTolerance)).MinBy(trial => trial.Count)!;
    }

    /// <summary>The candidate of least misfit, at the noise chosen first.</summary>
    public T Best<T>(IReadOnlyList<T> trials)
        where T : class, ICandidate
    {
        T? best = null;
        foreach (IGrouping<double, T> ofNoise in trials.GroupBy(trial => trial.Noise).OrderBy(group => group.Key))
        {
            T challenger = ofNoise.MinBy(trial => Judge(trial).BoundedLoss)!;
            if (best is null || IsBetter(challenger, best, NoiseStandardErrors))
            {
                best = challenger;
            }
        }

        return best!;
    }

    /// <summary>A candidate's mean misfit and its standard error.</summary>
    public (double BoundedLoss, double StandardError) Judge(ICandidate trial)
    {
        (double mean, double error) = MeanAndError(BoundedLosses(trial));
        return (mean, Math.Max(error, loss.BoundedLossResolution(trial.HeldOutLosses.Length)));
    }

    /// <summary>A candidate's mean loss and its standard error.</summary>
    public (double Mean, double Error) MeanLoss(ICandidate trial) => MeanAndError(trial.HeldOutLosses);

    /// <summary>Whether one is better than the other by more than so many standard errors of the difference, row by row, and a tolerance.</summary>
    public bool IsBetter(ICandidate better, ICandidate than, double standardErrors, double tolerance = 0)
    {
        double[] gains = BoundedLosses(than);
        TensorPrimitives.Subtract(gains, BoundedLosses(better), gains);
        (double gain, double error) = MeanAndError(gains);
        return gain > tolerance + standardErrors * Math.Max(error, loss.BoundedLossResolution(gains.Length));
    }

    private double[] BoundedLosses(ICandidate trial) => Array.ConvertAll(trial.HeldOutLosses, loss.BoundedLoss);

    private (double Mean, double Error) MeanAndError(double[] values)
    {
        // A block's mean stands for its rows, with their weight. Sums and weights of the blocks; of the rows themselves where there are none.
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
