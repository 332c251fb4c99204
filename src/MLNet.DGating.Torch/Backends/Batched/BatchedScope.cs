using System.Globalization;
using System.Runtime.InteropServices;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Creates networks that train in one batch with those of all other runs on a device.</summary>
/// <remarks>Every run has a thread of its own.</remarks>
/// <param name="runs">The runs that share the device.</param>
/// <param name="number">The number of the run, behind the numbers of the runs that started it; networks are ordered by it.</param>
/// <param name="memory">The bytes of the device's memory that the run may take.</param>
/// <param name="bytesOfRun">The bytes that each part of the run may take.</param>
internal sealed class BatchedScope(BatchedRuns runs, int[] number, long memory, long bytesOfRun) : RunScope
{
    /// <summary>Creates the scope of all runs of a device.</summary>
    public static BatchedScope Root(BatchedRuns runs) => new(runs, [], BatchMemory.All, BatchMemory.All);

    public override bool PrefersCopies => false;

    /// <summary>Gives the same scope with another bound on the memory of its parts.</summary>
    /// <param name="bytes">The bytes that each part may take.</param>
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
                string.Create(CultureInfo.InvariantCulture,
                    $"Sparse features become dense rows on a GPU, and {features.Rows} rows of {features.Columns} columns " +
                    $"({4e-9 * features.Rows * features.Columns:f1} GB) do not fit. ") +
                "Train on the CPU, where they stay sparse: DGatingDevice.Cpu.", error);
        }
    }

    public override ITrainedNetwork CreateEmbedded(NetworkRequest request, NetworkShape shape, double embeddingDecay) =>
        throw new NotSupportedException("Networks of embeddings are trained on the CPU.");

    public override void ForEach(int count, Action<int, RunScope> part)
    {
        if (count == 0)
        {
            return;
        }

        int threads = (int)Math.Clamp(memory / bytesOfRun, 1, Math.Min(count, BatchMemory.LargestBatch)), remaining = threads;
        // The threads replace this one, which only waits for them; the last of them leaves its place to it.
        runs.Join(threads - 1);
        WorkerThreads.ForEach(count, threads, Work, Ended);

        void Work(int i) => part(i, new BatchedScope(runs, [.. number, i], memory / threads, bytesOfRun));

        void Ended()
        {
            if (Interlocked.Decrement(ref remaining) > 0)
            {
                runs.Leave();
            }
        }
    }
}
