using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>A whole path, with refits at any count on demand, and how its counts do on held-out rows.</summary>
/// <param name="Settings">How it was followed.</param>
/// <param name="TrainingRows">On which rows.</param>
/// <param name="InputNoise">The noise given or chosen.</param>
/// <param name="Path">The path.</param>
/// <param name="Evaluation">How the counts of the grid do on held-out rows, at that noise.</param>
internal sealed record FollowedPath(FitSettings Settings, int[] TrainingRows, double InputNoise, PathResult Path, CountEvaluation Evaluation)
{
    /// <summary>Whether the ranking is averaged over several runs.</summary>
    public bool IsEnsemble { get; init; }

    /// <summary>The count of least bounded loss; before any was evaluated, that of least held-out loss on the path.</summary>
    public int BestCount => Evaluation.Best ?? Path.Points.Where(point => point.Count > 0).MinBy(point => point.HeldOutLoss).Count;

    /// <summary>The smallest count as good as the best within one standard error.</summary>
    public int SparsestCount => Evaluation.Sparsest ?? BestCount;

    /// <summary>
    /// The refitted networks of exactly so many groups each (of all, where fewer exist; of those that always stay, where more do).
    /// </summary>
    /// <param name="workflow">The rows of the path, and who carries out runs.</param>
    /// <param name="counts">The counts.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FitResult[] At(FitWorkflow workflow, int[] counts)
    {
        GroupLayout groups = workflow.Data.Groups;
        InputEncoding encoding = workflow.Data.Encodings.Of(TrainingRows);
        RunDescription[] runs = [.. counts.Select(count => Describe(groups, encoding, Math.Clamp(count, groups.KeptCount, groups.Count)))];
        return Array.ConvertAll(workflow.Executor.Execute(runs).OrThrow(workflow.Context), result =>
        {
            RefittedSnapshot refit = result.Refits[0];
            return FitResult.Of(new Candidate(InputNoise, Path, refit.Snapshot, refit.Result), encoding);
        });
    }

    private RunDescription Describe(GroupLayout groups, InputEncoding encoding, int count) => IsEnsemble
        ? Settings.FromScratch(TrainingRows, [], [.. Path.Ranking.Take(count).Order()])
        : Settings.Refit(TrainingRows, SnapshotOf(groups.Encoded(encoding), count), InputNoise);

    // The snapshot of the next larger count, cut to the first groups of the ranking: selections of a path are nested.
    private PathSnapshot SnapshotOf(GroupLayout groups, int count)
    {
        PathSnapshot larger = Path.Snapshots.Last(snapshot => snapshot.Groups.Length >= count);
        if (larger.Groups.Length == count)
        {
            return larger;
        }

        HashSet<int> first = [.. Path.Ranking.Take(count)];
        int[] kept = [.. Enumerable.Range(0, larger.Groups.Length).Where(position => first.Contains(larger.Groups[position]))];
        return new PathSnapshot(Array.ConvertAll(kept, position => larger.Groups[position]), larger.State.Select(groups.Select(larger.Groups), kept));
    }
}
