using System.Globalization;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Tells how surely a single held-out part of the rows decides the count (docs/theory.md §13).</summary>
/// <param name="workflow">The rows and the settings.</param>
/// <param name="rows">The numbers of the held-out rows.</param>
internal sealed class HeldOutEvidence(FitWorkflow workflow, int[] rows)
{
    /// <summary>The least agreement of bootstrap samples at which a single held-out part decides.</summary>
    private const double SmallestAgreement = 0.75;

    /// <summary>The largest ratio of counts that may be as good as each other where a single held-out part decides.</summary>
    private const int LargestTie = 8;

    /// <summary>The largest share of the gain over a constant that may be given up where a single held-out part decides.</summary>
    private const double LargestShareGivenUp = 0.1;

    private readonly OneStandardErrorSelector _selector = workflow.Selector(rows);

    /// <summary>Gives the share of bootstrap samples of the rows that choose about the same count.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="chosen">The count that is chosen on all held-out rows.</param>
    public double Agreement<T>(IReadOnlyList<T> candidates, int chosen)
        where T : class, ICandidate => ChoiceAgreement.Of(
        candidates, chosen, workflow.Data.Task.Loss, workflow.Data.WeightsOf(rows), workflow.Data.BlocksOf(rows),
        new RandomStream(workflow.Settings.Seed, RandomPurpose.Bootstrap));

    /// <summary>Tells why the rows alone do not decide; null where they do.</summary>
    /// <remarks>
    /// Rows that see no difference between very different counts do not decide, however often they choose the same one, nor do those that
    /// would leave nothing, nor those too few to see what a feature is worth.
    /// </remarks>
    /// <param name="candidates">The candidates, without the constant.</param>
    /// <param name="constant">The constant, whether it is a candidate or not.</param>
    /// <param name="chosen">The candidate that is chosen on these rows.</param>
    /// <param name="agreement">The share of bootstrap samples that choose about the same count.</param>
    public string? Doubt<T>(IReadOnlyList<T> candidates, T constant, T chosen, double agreement)
        where T : class, ICandidate
    {
        int independent = workflow.Data.BlocksOf(rows)?.Distinct().Count() ?? rows.Length;
        T best = _selector.Best(candidates);
        int largest = _selector.AsGoodAs(best, candidates).Max(candidate => candidate.Count);
        RowMean lost = _selector.Gain(best.HeldOutBoundedLosses, chosen.HeldOutBoundedLosses);
        double gained = _selector.Gain(best.HeldOutBoundedLosses, constant.HeldOutBoundedLosses).Mean;
        string? doubt = independent < DGatingDefaults.SmallestDecidingPart
                ? $"{independent} of them are independent, and {DGatingDefaults.SmallestDecidingPart} are needed"
            : agreement < SmallestAgreement
                ? string.Create(CultureInfo.InvariantCulture,
                    $"{100 * agreement:f0} % of their bootstrap samples choose about {chosen.Count} feature groups")
            : largest > LargestTie * chosen.Count
                ? $"{chosen.Count} feature groups are as good as {largest}"
            : lost.Mean + lost.Error > LargestShareGivenUp * gained
                ? $"{chosen.Count} feature groups may give up a tenth of what {best.Count} gain over a constant"
            : null;
        return doubt is null
            ? null
            : $"{rows.Length} held-out rows do not decide ({doubt}): {DGatingDefaults.FoldsOfUnsureChoice} folds do.";
    }
}
