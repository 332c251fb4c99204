using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Network;

/// <summary>
/// The gradient of the mean loss over all given rows: batch by batch, summed in float64, so that it is as exact as the parameters
/// themselves whatever the number of rows.
/// </summary>
internal sealed class FullGradient(INetwork network, int[] rows)
{
    private readonly int[] _batch = new int[network.BatchRows];

    /// <summary>The mean loss, and its gradients in the order of <see cref="NetworkShape.Blocks"/>.</summary>
    public (double Loss, double[][] Gradients) Compute()
    {
        double loss = 0;
        double[][] sums = [.. network.Shape.Blocks(network.Groups.Columns).Select(block => new double[block.Size])];
        for (int start = 0; start < rows.Length; start += _batch.Length)
        {
            int real = Math.Min(_batch.Length, rows.Length - start);
            rows.AsSpan(start, real).CopyTo(_batch);
            _batch.AsSpan(real).Fill(-1);
            (double ofBatch, double[][] gradients) = network.Gradient(_batch);
            loss += ofBatch;
            // A batch's gradient is of the mean over all its rows, padding included.
            double share = (double)_batch.Length / rows.Length;
            for (int i = 0; i < sums.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(gradients[i], share, sums[i], sums[i]);
            }
        }

        return (loss / rows.Length, sums);
    }
}
