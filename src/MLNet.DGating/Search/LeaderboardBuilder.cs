using MLNet.DGating.Torch.Search;

namespace MLNet.DGating;

/// <summary>From the engine's outcome to what users see.</summary>
internal static class LeaderboardBuilder
{
    public static DGatingLeaderboard Leaderboard(SearchOutcome outcome, SearchCandidates candidates, int rungs, SearchRows rows, LabelCoding labels)
    {
        IEnumerable<SearchTrial> last = outcome.Trials.GroupBy(trial => trial.Candidate).Select(ofCandidate => ofCandidate.MaxBy(trial => trial.Rung)!);
        DGatingTrial[] trials =
        [
            .. last.OrderByDescending(trial => trial.Candidate == outcome.Winner.Candidate).ThenByDescending(trial => trial.Rung).ThenBy(trial => trial.BoundedLoss).ThenBy(trial => trial.Candidate)
                .Select((trial, i) => new DGatingTrial(
                    i + 1, candidates.Describe(trial.Candidate), trial.Rung + 1, trial.Rung == rungs - 1, trial.BoundedLoss, trial.BoundedLossError, trial.Metric, trial.MetricError, trial.Count, trial.Duration.TotalSeconds)),
        ];
        return new DGatingLeaderboard(trials, labels.IsNumber ? "R²" : "accuracy", Judging(outcome, trials, rows));
    }

    private static string Judging(SearchOutcome outcome, DGatingTrial[] trials, SearchRows rows)
    {
        string given = outcome.Winner.Candidate == 0 ? "The options as given were kept" : "Rank 1 was taken over the options as given";
        if (!outcome.IsComplete)
        {
            return $"The search was stopped on the way. {given}, judged on {rows.Ranking.Length} rows on which all settings were ranked: its figures are too good by having been picked.";
        }

        string reason = outcome.Winner.Candidate != 0 ? ": its misfit is lower by more than one standard error of the difference, row by row"
            : trials.Count(trial => trial.IsFinalist) == 1 ? ": no other setting ranked before them"
            : ": the best other setting is not better by more than one standard error of the difference, row by row";
        return $"Settings were ranked on {rows.Ranking.Length} rows, finalists compared on {rows.Final.Length} others. {given}{reason}.";
    }
}
