using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>A path and the trials at its counts; parts are missing where it was cancelled.</summary>
/// <param name="Noise">Its input noise.</param>
/// <param name="Path">As far as it was followed; null if it was cancelled before its first point.</param>
/// <param name="Trials">The counts that were refitted.</param>
/// <param name="Cancelled">What stopped it; null where nothing is missing.</param>
internal sealed record RunResult(double Noise, PathResult? Path, IReadOnlyList<Candidate> Trials, OperationCanceledException? Cancelled)
{
    /// <summary>What has been found out, without the parameters of any network.</summary>
    public RunResult WithoutNetworks()
    {
        PathResult? path = Path is null ? null : Path with { Snapshots = [] };
        return this with
        {
            Path = path,
            Trials = [.. Trials.Select(trial => trial with
            {
                Path = path!,
                Snapshot = trial.Snapshot with { State = NetworkState.None },
                Refit = trial.Refit with { State = NetworkState.None },
            })],
        };
    }
}
