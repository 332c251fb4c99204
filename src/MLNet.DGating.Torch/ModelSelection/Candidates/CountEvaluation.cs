namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>How the counts of a path did on held-out rows, and which of them to believe.</summary>
/// <param name="Counts">From many to few; empty where the path was cancelled before any was judged.</param>
/// <param name="Best">The count of least misfit; null where none was judged.</param>
/// <param name="Sparsest">The smallest count as good as the best within one standard error; null where none was judged.</param>
/// <param name="HeldOutRows">How many rows were held out.</param>
/// <param name="Folds">In how many folds, each held out once; 1 for a single part of the rows.</param>
/// <param name="Blocks">How many blocks of rows that are not independent there were; null where all rows are.</param>
internal sealed record CountEvaluation(IReadOnlyList<EvaluatedCount> Counts, int? Best, int? Sparsest, int HeldOutRows, int Folds = 1, int? Blocks = null)
{
    /// <summary>Of refits judged on one part of the rows.</summary>
    public static CountEvaluation Of(IReadOnlyList<Candidate> trials, OneStandardErrorSelector choice, int heldOutRows) => new(
        [.. trials.Select(trial => Judge(trial, choice))], trials.Count > 0 ? choice.Best(trials).Count : null, trials.Count > 0 ? choice.Choose(trials).Count : null, heldOutRows);

    public static EvaluatedCount Judge(Candidate trial, OneStandardErrorSelector choice)
    {
        (double loss, double lossError) = choice.MeanLoss(trial);
        (double misfit, double misfitError) = choice.Judge(trial);
        return new EvaluatedCount(trial.Count, loss, lossError, trial.Refit.HeldOutMetric, trial.Refit.HeldOutMetricError, misfit, misfitError);
    }
}
