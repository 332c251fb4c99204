using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Sharded;

/// <summary>Trains one network on all ranks, each of which has the same parameters and its own rows.</summary>
/// <remarks>Rows have the numbers that they have among those of all ranks; losses and scores are those of all ranks.</remarks>
/// <param name="own">The network of this rank, on its rows.</param>
/// <param name="request">Describes the network on the rows of all ranks.</param>
/// <param name="shards">Tells which rank holds each row.</param>
/// <param name="isCancelled">Tells whether this rank is to stop; then all ranks do.</param>
internal class ShardedTraining(
    ITrainedNetwork own, NetworkRequest request, RowShards shards, Func<bool> isCancelled) : ITrainedNetwork
{
    private readonly int _outputs = request.Data.Task.Loss.Outputs;

    public virtual int BatchRows => request.BatchRows;

    public bool IsFinite => own.IsFinite;

    protected RowShards Shards => shards;

    protected NetworkRequest Request => request;

    public void Load(NetworkState state, double gateDepth) => own.Load(state, gateDepth);

    public NetworkState Capture() => own.Capture();

    /// <summary>Carries out the steps of an iteration.</summary>
    /// <exception cref="OperationCanceledException">A rank is to stop.</exception>
    public double Train(Iteration iteration)
    {
        int[] rows = new int[iteration.Steps * own.BatchRows];
        rows.AsSpan().Fill(-1);
        for (int step = 0; step < iteration.Steps; step++)
        {
            OwnOf(iteration.Batch(step)).CopyTo(rows, step * own.BatchRows);
        }

        double loss = own.Train(new Iteration(rows, iteration.Step, iteration.LearningRates));
        Span<double> sums = [loss, isCancelled() ? 1 : 0];
        shards.Ranks.AllReduce(sums);
        return sums[1] > 0 ? throw new OperationCanceledException() : sums[0];
    }

    public NetworkState CaptureBefore() => own.CaptureBefore();

    public void Revert(double gateDepth) => own.Revert(gateDepth);

    public float[] Score(ReadOnlySpan<int> rows) =>
        rows.IsEmpty ? [] : shards.Join(rows, own.Score(OwnOf(rows)), _outputs);

    public void Dispose()
    {
        own.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the numbers of this rank's rows among some rows; −1 is padding.</summary>
    protected int[] OwnOf(ReadOnlySpan<int> rows)
    {
        int end = rows.IndexOf(-1);
        return shards.OwnOf(end < 0 ? rows : rows.ToArray().Where(row => row >= 0).ToArray());
    }
}
