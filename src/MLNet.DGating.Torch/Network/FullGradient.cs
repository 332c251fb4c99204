using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Network;

/// <summary>Computes the gradient of the mean loss over many rows.</summary>
/// <remarks>Batches are summed in float64, so that the gradient is as exact as the parameters whatever the number of rows.</remarks>
/// <param name="network">The network.</param>
/// <param name="rows">The numbers of the rows.</param>
internal sealed class FullGradient(INetwork network, int[] rows)
{
    private readonly int[] _batch = new int[network.BatchRows];

    /// <summary>Computes the mean loss, and its gradients in the order of <see cref="NetworkShape.Blocks"/>.</summary>
    public (double Loss, double[][] Gradients) Compute()
    {
        double loss = 0;
        double[][] sums = [.. network.Shape.Blocks(network.Groups.Columns).Select(block => new double[block.Size])];
        for (int start = 0; start < rows.Length; start += _batch.Length)
        {
            int count = Math.Min(_batch.Length, rows.Length - start);
            rows.AsSpan(start, count).CopyTo(_batch);
            _batch.AsSpan(count).Fill(-1);
            (double ofBatch, double[][] gradients) = network.Gradient(_batch);
            loss += ofBatch;
            // The gradient of a batch is that of the mean over all its rows, padding included.
            double share = (double)_batch.Length / rows.Length;
            for (int i = 0; i < sums.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(gradients[i], share, sums[i], sums[i]);
            }
        }

        return (loss / rows.Length, sums);
    }
}
