using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Refits the first groups of candidates, at counts of which their paths have no snapshot.</summary>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
/// <param name="splits">The rows that each candidate was trained on, and those to evaluate it on.</param>
/// <param name="endOfRounds">The end of the rounds of the refits; null for all rounds.</param>
internal sealed class SmallerCandidates(FitWorkflow workflow, (int[] Training, int[] HeldOut)[] splits, double? endOfRounds)
{
    /// <summary>Gives one candidate of so many groups for each candidate, on the same rows.</summary>
    /// <param name="larger">The candidate of each split, with its network.</param>
    /// <param name="count">The number of groups, below that of the candidates.</param>
    public Candidate[] At(Candidate[] larger, int count)
    {
        PathSnapshot[] starts = [.. larger.Zip(splits, (candidate, split) => Restricted(candidate, split.Training, count))];
        workflow.Announce(0.2);
        RunResult[] refits = workflow.Try(splits.Select((split, i) =>
            workflow.Settings.Refit(split.Training, starts[i], larger[i].Noise) with
            {
                HeldOutRows = split.HeldOut,
                EndOfRounds = endOfRounds,
            }));
        return [.. larger.Select((candidate, i) => candidate with { Snapshot = starts[i], Refit = refits[i].Refits[0].Result })];
    }

    private PathSnapshot Restricted(Candidate candidate, int[] training, int count)
    {
        GroupLayout groups = workflow.Data.Groups.Encoded(workflow.Data.EncodingBy(training, workflow.Settings.Training.IsPiecewise));
        return candidate.Snapshot.First(count, candidate.Path.Ranking, groups);
    }
}
