using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
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
    private const double NoiseStandardErrors = 1;

    /// <summary>The number of standard errors by which a candidate must be better than a constant.</summary>
    /// <remarks>With one, the best of a dozen candidates is better by chance too often.</remarks>
    private const double ConstantStandardErrors = 2;

    /// <summary>The largest share of the best candidate's loss by which a smaller candidate may be worse.</summary>
    /// <remarks>Of few rows, or with a few large residuals, one standard error would give up half of a good model.</remarks>
    private const double LargestExcess = 0.1;

    /// <summary>The bounded loss that is not worth a feature: about a hundredth of that of a constant.</summary>
    /// <remarks>Where the label follows exactly from a few features, every further one takes a tenth of next to nothing away.</remarks>
    private const double NegligibleExcess = 0.003;

    /// <summary>The least share of its excess that a candidate may end with, after one, two and three rounds.</summary>
    private static readonly double[] s_excessLeft = [0.25, 0.5, 0.75];

    /// <summary>The difference below which bounded losses are equal: means over thousands of rows are exact to about 1e-13.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Creates a selector that compares candidates on some rows of a training set.</summary>
    /// <param name="data">The training set, which has the loss, the weights and the blocks.</param>
    /// <param name="heldOutRows">The numbers of the rows.</param>
    public static OneStandardErrorSelector Of(TrainingSet data, int[] heldOutRows) =>
        new(data.Task.Loss, data.WeightsOf(heldOutRows), data.BlocksOf(heldOutRows));

    /// <summary>Gives the smallest candidate that is as good as the best one, within one standard error and the loss's tolerance.</summary>
    /// <remarks>
    /// The noise is chosen before; only candidates of that noise are compared. A constant, the candidate without groups, is chosen unless
    /// the best one is surely better.
    /// </remarks>
    /// <param name="candidates">The candidates.</param>
    /// <param name="constantCount">The count of a candidate that is treated as the constant is, where others have further groups.</param>
    public T Choose<T>(IReadOnlyList<T> candidates, int constantCount = 0)
        where T : class, ICandidate
    {
        T? constant = candidates.FirstOrDefault(candidate => candidate.Count == constantCount);
        T[] others = [.. candidates.Where(candidate => candidate.Count > constantCount)];
        T? best = others.Length > 0 ? Best(others) : null;
        return best is null || constant is not null && !IsBetterThanConstant(best, constant)
            ? constant!
            : AsGoodAs(best, others).MinBy(candidate => candidate.Count)!;
    }

    /// <summary>Gives the candidates that the best one does not beat by one standard error and the loss's tolerance.</summary>
    /// <remarks>Nor may they be worse by more than <see cref="LargestExcess"/> allows.</remarks>
    public IEnumerable<T> AsGoodAs<T>(T best, IReadOnlyList<T> candidates)
        where T : class, ICandidate => candidates.Where(candidate =>
        candidate.Noise == best.Noise && !IsBetter(best, candidate, standardErrors: 1, loss.BoundedLossTolerance)
        && ExcessOver(best, candidate) <= LargestExcess * MeanBoundedLoss(best).Mean + NegligibleExcess);

    /// <summary>Tells whether held-out rows show that a candidate predicts better than a constant.</summary>
    public bool IsBetterThanConstant(ICandidate candidate, ICandidate constant)
    {
        var gain = RowMean.OfDifferences(constant.HeldOutBoundedLosses, candidate.HeldOutBoundedLosses, weights, blocks);
        // An error of 0 says nothing where one value gave it.
        return gain.Count > 1 && gain.Mean > Rounding + StudentFactor.Of(ConstantStandardErrors, gain.Count) * gain.Error;
    }

    /// <summary>Tells whether a candidate may still end as good as the best one, after some rounds of both refits.</summary>
    /// <remarks>
    /// Small counts are shrunk most by the penalty, and so gain most by further rounds. docs/defaults.md has the measured share of its
    /// excess over the best candidate that a candidate still loses.
    /// </remarks>
    /// <param name="bounded">The bounded losses of the candidate.</param>
    /// <param name="best">The bounded losses of the best candidate after the same rounds.</param>
    /// <param name="rounds">The number of rounds that were carried out, at least 1.</param>
    public bool CanWin(double[] bounded, double[] best, int rounds)
    {
        (double excess, double error) = Gain(best, bounded);
        return excess * s_excessLeft[Math.Min(rounds, s_excessLeft.Length) - 1] <= error + loss.BoundedLossTolerance;
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
    public RowMean MeanBoundedLoss(ICandidate candidate) =>
        Resolved(MeanAndError(candidate.HeldOutBoundedLosses), candidate.HeldOutBoundedLosses.Length);

    /// <summary>Computes a candidate's mean loss and its standard error.</summary>
    public RowMean MeanLoss(ICandidate candidate) => MeanAndError(candidate.HeldOutLosses);

    /// <summary>Tells whether one candidate is better than another, by the differences of their bounded losses row by row.</summary>
    /// <param name="better">The candidate that may be better.</param>
    /// <param name="than">The candidate to compare with.</param>
    /// <param name="standardErrors">The number of standard errors of the difference that the mean difference must exceed.</param>
    /// <param name="tolerance">A bounded loss that the mean difference must exceed in addition.</param>
    public bool IsBetter(ICandidate better, ICandidate than, double standardErrors, double tolerance = 0)
    {
        (double gain, double error) = Gain(better.HeldOutBoundedLosses, than.HeldOutBoundedLosses);
        return gain > tolerance + Rounding + standardErrors * error;
    }

    /// <summary>Tells whether the mean loss of a candidate is below another one's by so many standard errors of the difference.</summary>
    public bool HasLessLoss(ICandidate candidate, ICandidate other, double standardErrors)
    {
        (double gain, double error) = RowMean.OfDifferences(other.HeldOutLosses, candidate.HeldOutLosses, weights, blocks);
        return gain > standardErrors * error;
    }

    /// <summary>Tells whether the mean bounded loss of a candidate is not above that of another one.</summary>
    public bool IsAtLeastAsGood(ICandidate candidate, ICandidate other) => !IsBetter(other, candidate, standardErrors: 0);

    /// <summary>Computes by how much the mean of bounded losses is below that of others on the same rows, and its standard error.</summary>
    public RowMean Gain(double[] bounded, double[] than) => Resolved(RowMean.OfDifferences(than, bounded, weights, blocks), bounded.Length);

    // How much worse the mean of a candidate is than that of the best, beyond what so many rows can resolve.
    private double ExcessOver(ICandidate best, ICandidate candidate) =>
        Gain(best.HeldOutBoundedLosses, candidate.HeldOutBoundedLosses).Mean - loss.BoundedLossTolerance
        - loss.BoundedLossResolution(candidate.HeldOutBoundedLosses.Length);

    // Gives the candidate of least mean bounded loss; of equal ones that with the fewest groups.
    private T Least<T>(T[] candidates)
        where T : class, ICandidate
    {
        double[] means = Array.ConvertAll(candidates, candidate => MeanBoundedLoss(candidate).Mean);
        double least = means.Min();
        return candidates.Where((_, i) => means[i] <= least + Rounding).MinBy(candidate => candidate.Count)!;
    }

    private RowMean MeanAndError(double[] values) => RowMean.Of(values, weights, blocks);

    private RowMean Resolved(RowMean mean, int rows) => mean with { Error = Math.Max(mean.Error, loss.BoundedLossResolution(rows)) };
}
