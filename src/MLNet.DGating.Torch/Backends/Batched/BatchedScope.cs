using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>A run whose networks train in one batch with those of all other runs on a device, a thread each.</summary>
/// <param name="runs">The runs that share the device.</param>
/// <param name="number">The number of the run, behind that of the run that started it; networks stand in this order.</param>
/// <param name="memory">Bytes of the device that the run may take.</param>
/// <param name="bytesOfRun">Bytes that a part of the run may take.</param>
internal sealed class BatchedScope(BatchedRuns runs, int[] number, long memory, long bytesOfRun) : RunScope
{
    /// <summary>The scope of all runs of a device.</summary>
    public static BatchedScope Root(BatchedRuns runs) => new(runs, [], BatchMemory.All, BatchMemory.All);

    public override bool PrefersCopies => false;

    /// <summary>The same scope, whose parts may take so many bytes each.</summary>
    public BatchedScope WithBytesOfRun(long bytes) => new(runs, number, memory, bytes);

    public override INetwork Create(NetworkRequest request)
    {
        FeatureRows features = request.Features;
        try
        {
            return new BatchedNetwork(runs, number, request);
        }
        catch (ExternalException error) when (features.IsSparse)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"Sparse features become dense rows on a GPU, and {features.Rows} rows of {features.Columns} columns ") +
                FormattableString.Invariant($"({4e-9 * features.Rows * features.Columns:f1} GB) do not fit. ") +
                "Train on the CPU, where they stay sparse: DGatingDevice.Cpu.", error);
        }
    }

    public override void ForEach(int count, Action<int, RunScope> part)
    {
        if (count == 0)
        {
            return;
        }

        int threads = (int)Math.Clamp(memory / bytesOfRun, 1, Math.Min(count, BatchMemory.LargestBatch)), remaining = threads;
        // The threads take part in place of this one, until they have ended.
        runs.Join(threads - 1);
        WorkerThreads.ForEach(count, threads, i => part(i, new BatchedScope(runs, [.. number, i], memory / threads, bytesOfRun)), () =>
        {
            if (Interlocked.Decrement(ref remaining) > 0)
            {
                runs.Leave();
            }
        });
    }
}
