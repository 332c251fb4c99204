using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Search;

namespace MLNet.DGating;

/// <summary>Builds the leaderboard that users read.</summary>
internal static class LeaderboardBuilder
{
    /// <summary>Builds the leaderboard of a search.</summary>
    /// <param name="outcome">The outcome of the search.</param>
    /// <param name="describe">Describes the options that a candidate changes.</param>
    /// <param name="rungs">The number of rungs.</param>
    /// <param name="rows">The parts of the rows.</param>
    /// <param name="task">The task that was learned.</param>
    public static DGatingLeaderboard Build(
        SearchOutcome outcome, Func<int, string> describe, int rungs, SearchRows rows, LearningTask task)
    {
        IEnumerable<SearchTrial> last =
            outcome.Trials.GroupBy(trial => trial.Candidate).Select(ofCandidate => ofCandidate.MaxBy(trial => trial.Rung)!);
        DGatingTrial[] trials =
        [
            .. last.OrderByDescending(trial => trial.Candidate == outcome.Winner.Candidate).ThenByDescending(trial => trial.Rung)
                .ThenBy(trial => trial.BoundedLoss).ThenBy(trial => trial.Candidate)
                .Select((trial, i) => new DGatingTrial
                {
                    Rank = i + 1,
                    Settings = describe(trial.Candidate),
                    Rung = trial.Rung + 1,
                    IsFinalist = trial.Rung == rungs - 1,
                    BoundedLoss = trial.BoundedLoss,
                    BoundedLossStandardError = trial.BoundedLossError,
                    Metric = trial.Metric,
                    MetricStandardError = trial.MetricError,
                    FeatureCount = trial.Count,
                    Seconds = trial.Duration.TotalSeconds,
                }),
        ];
        return new DGatingLeaderboard(trials, task.Metric.Name, Judging(outcome, trials, rows));
    }

    private static string Judging(SearchOutcome outcome, DGatingTrial[] trials, SearchRows rows)
    {
        string given = outcome.Winner.Candidate == 0 ? "The options as given were kept" : "Rank 1 was taken over the options as given";
        if (!outcome.IsComplete)
        {
            return $"The search was stopped on the way. {given}, judged on {rows.Ranking.Length} rows on which all settings were ranked: " +
                "its figures are too good by having been picked.";
        }

        string reason = outcome.Winner.Candidate != 0
            ? ": its bounded loss is lower by more than one standard error of the difference, row by row"
            : trials.Count(trial => trial.IsFinalist) == 1 ? ": no other setting ranked before them"
            : ": the best other setting is not better by more than one standard error of the difference, row by row";
        return $"Settings were ranked on {rows.Ranking.Length} rows, finalists compared on {rows.Final.Length} others. {given}{reason}.";
    }
}
