using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Holds the result of a run.</summary>
/// <param name="InputNoise">The input noise of its path, a deviation.</param>
/// <param name="Path">The path as far as it was followed; null where there was none, or it was cancelled before its first point.</param>
/// <param name="Refits">The refit of each snapshot, or of the start of a run without a path; some are missing after a cancellation.</param>
/// <param name="IsCancelled">Whether the run was cancelled on the way.</param>
internal sealed record RunResult(double InputNoise, PathResult? Path, IReadOnlyList<RefittedSnapshot> Refits, bool IsCancelled)
{
    /// <summary>Gives the refits as candidates.</summary>
    public IReadOnlyList<Candidate> Candidates() =>
        [.. Refits.Select(refit => new Candidate(InputNoise, Path!, refit.Snapshot, refit.Result))];

    /// <summary>Gives the same result with the parameters of some networks alone.</summary>
    public RunResult With(KeptNetworks networks) => networks == KeptNetworks.All ? this : this with
    {
        Path = Path is null ? null : Path with { Snapshots = [] },
        Refits = [.. Refits.Select(refit => new RefittedSnapshot(
            networks == KeptNetworks.Snapshots ? refit.Snapshot : refit.Snapshot with { State = NetworkState.None },
            refit.Result with { State = NetworkState.None }))],
    };
}
