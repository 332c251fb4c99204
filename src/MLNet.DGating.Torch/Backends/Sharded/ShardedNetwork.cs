using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Torch.Backends.Sharded;

/// <summary>Trains one network with gates on all ranks (<see cref="ShardedTraining"/>).</summary>
/// <param name="own">The network of this rank, on its rows.</param>
/// <param name="request">Describes the network on the rows of all ranks.</param>
/// <param name="shards">Tells which rank holds each row.</param>
/// <param name="rowsOfMean">The number of rows over which the gradients of this rank's network are averaged.</param>
/// <param name="isCancelled">Tells whether this rank is to stop; then all ranks do.</param>
internal sealed class ShardedNetwork(
    CpuNetwork own, NetworkRequest request, RowShards shards, int rowsOfMean, Func<bool> isCancelled)
    : ShardedTraining(own, request, shards, isCancelled), INetwork
{
    /// <summary>All rows are one batch: a gradient over many is divided by this rank, and summed over ranks once.</summary>
    public override int BatchRows => Request.TrainingRows.Length;

    public NetworkShape Shape => own.Shape;

    public GroupLayout Groups => own.Groups;

    public GroupMeasures Measure(in StepSettings step) => own.Measure(step);

    public (double Loss, double[][] Gradients) Gradient(ReadOnlySpan<int> rows)
    {
        int[] ofThisRank = OwnOf(rows);
        int[] batch = new int[own.BatchRows];
        double[] sums = [.. Shape.Blocks(Groups.Columns).SelectMany(block => new double[block.Size]), 0];
        for (int start = 0; start < ofThisRank.Length; start += batch.Length)
        {
            int count = Math.Min(batch.Length, ofThisRank.Length - start);
            ofThisRank.AsSpan(start, count).CopyTo(batch);
            batch.AsSpan(count).Fill(-1);
            (double loss, double[][] gradients) = own.Gradient(batch);
            Span<double> rest = sums;
            foreach (double[] gradient in gradients)
            {
                Span<double> sum = rest[..gradient.Length];
                TensorPrimitives.MultiplyAdd(gradient, (double)rowsOfMean / rows.Length, sum, sum);
                rest = rest[gradient.Length..];
            }

            rest[0] += loss;
        }

        Shards.Ranks.AllReduce(sums.AsSpan());
        int next = 0;
        return (sums[^1], [.. Shape.Blocks(Groups.Columns).Select(block => sums[next..(next += block.Size)])]);
    }

    public void Cut(ReadOnlySpan<int> groups, double gateDepth) => own.Cut(groups, gateDepth);

    public void KeepGroups(ReadOnlySpan<int> kept, double gateDepth) => own.KeepGroups(kept, gateDepth);
}
