using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Knockoffs;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Holds the rows of one run: the shared ones, a copy of its own, or a pool through which a stream passes.</summary>
internal sealed class RunRows : IDisposable
{
    private readonly RowPool? _pool;

    private RunRows(TrainingSet data, int[] training, int[] heldOut, RowPool? pool)
    {
        _pool = pool;
        (Data, Training, HeldOut) = (data with { Pool = pool }, training, heldOut);
    }

    public TrainingSet Data { get; }

    /// <summary>The numbers of the rows to train on.</summary>
    public int[] Training { get; }

    /// <summary>The numbers of the rows to evaluate on.</summary>
    public int[] HeldOut { get; }

    /// <summary>Gives the rows of a run. The caller disposes them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="data">All rows.</param>
    /// <param name="prefersCopies">Whether a run on few of the rows is faster on a copy of them.</param>
    public static RunRows Of(RunDescription run, TrainingSet data, bool prefersCopies)
    {
        bool streams = data.Stream is not null && run.Source != RowSource.Sample;
        int[] training = run.TrainingRows, heldOut = run.HeldOutRows;
        TrainingSet rows = data;
        if (run.Knockoffs is not null)
        {
            rows = data.WithKnockoffs(run.Knockoffs, training, new RandomStream(run.Seed, RandomPurpose.Knockoffs));
        }
        else if (streams ? run.Source == RowSource.Stream : run.CopiesRows && prefersCopies)
        {
            rows = data.TakeForRun(training, heldOut);
            training = [.. Enumerable.Range(0, training.Length)];
            heldOut = [.. Enumerable.Range(training.Length, heldOut.Length)];
        }

        return new RunRows(rows, training, heldOut, streams ? PoolOf(run, data, rows, training) : null);
    }

    public void Dispose()
    {
        _pool?.Dispose();
        Data.Release();
    }

    private static RowPool PoolOf(RunDescription run, TrainingSet data, TrainingSet rows, int[] training)
    {
        int[] places = new int[rows.Stream!.Positions.Length];
        Array.Fill(places, -1);
        for (int i = 0; i < training.Length; i++)
        {
            places[run.TrainingRows[i]] = training[i];
        }

        HashSet<int> blocksElsewhere = [.. data.Blocks ?? []];
        blocksElsewhere.ExceptWith(data.BlocksOf(run.TrainingRows) ?? []);
        return new RowPool(
            rows.Stream, places, blocksElsewhere, rows.Features, rows.Targets, rows.Weights,
            new RandomStream(run.Seed, RandomPurpose.Pool));
    }
}
