using System.Security.Cryptography;
using System.Text;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Keeps the runs of one executor of a fit in a checkpoint.</summary>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="executor">What tells the executor from the others of the checkpoint.</param>
internal sealed class CheckpointedRuns(FitCheckpoint checkpoint, string executor)
{
    /// <summary>The most weights of a network whose run is kept; plain data of more cannot be written.</summary>
    private const int LargestNetwork = 1 << 24;

    /// <summary>Carries out a run, or what is left of it. Its parts must follow one another.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scope">Where it computes.</param>
    /// <param name="context">Takes its progress.</param>
    /// <param name="carry">Carries it out in a scope.</param>
    public RunResult Carry(RunDescription run, RunScope scope, RunContext context, Func<RunScope, RunResult> carry)
    {
        if (IsLarge(run.Beginning) || IsLarge(run.Start?.State))
        {
            return carry(scope);
        }

        string key = KeyOf(run);
        if (checkpoint.ResultOf(key) is { } ended)
        {
            context.Work.Reach(1);
            return PlainData.Read<RunResult>(ended);
        }

        if (checkpoint.BeginRun(key) is not { } logged)
        {
            return carry(scope);
        }

        RunResult? result = null;
        try
        {
            result = carry(new LoggedScope(scope, logged));
            return result;
        }
        finally
        {
            checkpoint.EndRun(key, result is null or { IsCancelled: true } || IsLarge(result) ? null : PlainData.Write(result));
        }
    }

    private string KeyOf(RunDescription run)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(executor));
        hash.AppendData(PlainData.Write(run));
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static bool IsLarge(NetworkState? state) => state is not null && state.Primary.Length > LargestNetwork;

    private static bool IsLarge(RunResult result) =>
        result.Path?.Snapshots.Any(IsLarge) == true || result.Refits.Any(refit => IsLarge(refit.Snapshot) || IsLarge(refit.Result.State));

    private static bool IsLarge(PathSnapshot snapshot) => IsLarge(snapshot.State);
}
