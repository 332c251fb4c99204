using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>What came out of a run. It is plain data, as its description is.</summary>
/// <param name="InputNoise">The input noise of its path.</param>
/// <param name="Path">As far as it was followed; null where there was none, or it was cancelled before its first point.</param>
/// <param name="Refits">One for each snapshot, or for the start of a run without a path; parts are missing where it was cancelled.</param>
/// <param name="IsCancelled">Whether the run was cancelled on the way.</param>
internal sealed record RunResult(double InputNoise, PathResult? Path, IReadOnlyList<RefittedSnapshot> Refits, bool IsCancelled)
{
    /// <summary>The refits as candidates of the path.</summary>
    public IReadOnlyList<Candidate> Candidates() =>
        [.. Refits.Select(refit => new Candidate(InputNoise, Path!, refit.Snapshot, refit.Result))];

    /// <summary>What has been found out, without the parameters of any network.</summary>
    public RunResult WithoutNetworks() => this with
    {
        Path = Path is null ? null : Path with { Snapshots = [] },
        Refits = [.. Refits.Select(refit => new RefittedSnapshot(
            refit.Snapshot with { State = NetworkState.None }, refit.Result with { State = NetworkState.None }))],
    };
}
