using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Computes the scores of several networks, each for rows of its own.</summary>
internal static class BatchedScores
{
    /// <summary>The most feature values that are gathered at once.</summary>
    private const int GatheredElements = 1 << 22;

    /// <summary>Computes the scores that are asked for.</summary>
    /// <param name="batch">Requests of one <see cref="PendingWork.BatchKey"/>, at least one.</param>
    public static void Compute(IReadOnlyList<PendingScores> batch)
    {
        using DisposeScope scope = NewDisposeScope();
        BatchedNetwork[] networks = [.. batch.Select(pending => pending.Network)];
        BatchedNetwork first = networks[0];
        int width = networks.Max(network => network.Columns.Count), outputs = first.Shape.Outputs;
        var columns = BatchedColumns.Stack([.. networks.Select(network => network.Columns)], width);
        Tensor effective = PaddedStack.Of(networks.Select(network => network.Effective()), dimension: 1, width);
        Tensor ungated = PaddedStack.Of(networks.Select(network => network.Parameters.Ungated), dimension: 1, size: 1);
        Tensor weights = ones(networks.Length, 1, 1, first.Type, first.Device);
        using var layers = new BatchedBackpropagation(first.Shape, first.Task.Loss, ungated, columns.SkipFactors);
        int all = batch.Max(pending => pending.Rows.Length);
        int rowsAtOnce = (int)Math.Max(1, GatheredElements / ((long)networks.Length * width));
        for (int start = 0; start < all; start += rowsAtOnce)
        {
            using DisposeScope part = NewDisposeScope();
            int rows = Math.Min(rowsAtOnce, all - start);
            Tensor order = Order(batch, start, rows, first.Rows).to(first.Device);
            float[] scores = HostCopy.Floats(layers.Scores(first.Rows.Gather(order, columns, weights).Features, effective));
            for (int i = 0; i < batch.Count; i++)
            {
                Span<float> target = batch[i].Scores.AsSpan(Math.Min(start * outputs, batch[i].Scores.Length));
                scores.AsSpan(i * rows * outputs, Math.Min(rows * outputs, target.Length)).CopyTo(target);
            }
        }
    }

    // Row numbers [networks, rows], padded for networks that have fewer.
    private static Tensor Order(IReadOnlyList<PendingScores> batch, int start, int rows, DeviceRows all)
    {
        long[] order = new long[batch.Count * rows];
        Array.Fill(order, all.Padding);
        for (int i = 0; i < batch.Count; i++)
        {
            int[] own = batch[i].Rows;
            for (int row = start; row < Math.Min(own.Length, start + rows); row++)
            {
                order[i * rows + row - start] = all.Place(own[row]);
            }
        }

        return tensor(order, [batch.Count, rows]);
    }
}
