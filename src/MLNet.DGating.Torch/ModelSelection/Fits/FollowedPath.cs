using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Holds a whole path with the evaluation of its counts, and refits it at any count on demand.</summary>
/// <param name="Settings">The settings with which it was followed.</param>
/// <param name="TrainingRows">The numbers of the rows on which it was followed.</param>
/// <param name="InputNoise">The input noise that was given or chosen, a deviation.</param>
/// <param name="Path">The path.</param>
/// <param name="Evaluation">The evaluation of the counts of the grid at that noise.</param>
internal sealed record FollowedPath(
    FitSettings Settings, int[] TrainingRows, double InputNoise, PathResult Path, CountEvaluation Evaluation)
{
    /// <summary>Whether the ranking is averaged over several runs.</summary>
    public bool IsEnsemble { get; init; }

    /// <summary>The count of least bounded loss; that of least held-out loss on the path where none was evaluated.</summary>
    public int BestCount => Evaluation.Best ?? Path.Points.Where(point => point.Count > 0).MinBy(point => point.HeldOutLoss).Count;

    /// <summary>The smallest count as good as the best within one standard error.</summary>
    public int SparsestCount => Evaluation.Sparsest ?? BestCount;

    /// <summary>Refits networks of exactly so many groups each.</summary>
    /// <remarks>A count is at least the number of groups that always stay, and at most that of the groups that entered the path.</remarks>
    /// <param name="workflow">The rows of the path, and the executor of runs.</param>
    /// <param name="counts">The counts.</param>
    /// <exception cref="OperationCanceledException">The refit was cancelled.</exception>
    public FitResult[] At(FitWorkflow workflow, int[] counts)
    {
        GroupLayout groups = workflow.Data.Groups;
        InputEncoding encoding = workflow.Data.EncodingBy(TrainingRows, Settings.Training.IsPiecewise);
        int entered = Path.Points[0].Count;
        RunDescription[] runs = [.. counts.Select(count => Describe(groups, encoding, Math.Clamp(count, groups.KeptCount, entered)))];
        workflow.Announce(1);
        return Array.ConvertAll(workflow.Execute(runs), result =>
        {
            RefittedSnapshot refit = result.Refits[0];
            var candidate = new Candidate(InputNoise, Path, refit.Snapshot, refit.Result);
            var fitted = FittedCandidate.Unevaluated(workflow, candidate, TrainingRows);
            fitted = fitted with
            {
                IsBetterThanConstant = Evaluation.IsBetterThanConstant ?? fitted.IsBetterThanConstant,
                Calibration = NearestTo(candidate.Count)?.Calibration ?? 1,
            };
            return new MemberNetworks(workflow).Joined(fitted).Model(workflow);
        });
    }

    // Gives the evaluation at the next larger count, by whose held-out rows a refit ends in time and is calibrated.
    private EvaluatedCount? NearestTo(int count) =>
        Evaluation.Counts.Where(evaluated => evaluated.Count >= count).Select(evaluated => (EvaluatedCount?)evaluated).LastOrDefault();

    private RunDescription Describe(GroupLayout groups, InputEncoding encoding, int count)
    {
        RunDescription run = IsEnsemble && count > 0
            ? Settings.FromScratch(TrainingRows, [], [.. Path.Ranking.Take(count).Order()])
            : Settings.Refit(TrainingRows, SnapshotOf(groups.Encoded(encoding), count), InputNoise);
        return run with { EndOfRounds = NearestTo(count)?.EndOfRounds };
    }

    // Where there is no snapshot of the count, that of the next larger one is restricted.
    private PathSnapshot SnapshotOf(GroupLayout groups, int count)
    {
        PathSnapshot larger = Path.Snapshots.LastOrDefault(snapshot => snapshot.Groups.Length >= count)
            ?? throw new OperationCanceledException(
                $"The path was cancelled before it had a network for {count} features to begin with. Follow it for longer.");
        return larger.First(count, Path.Ranking, groups);
    }
}
