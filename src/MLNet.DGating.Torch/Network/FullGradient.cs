namespace MLNet.DGating.Torch;

/// <summary>
/// The gradient of the mean loss over all given rows: batch by batch, summed in float64, so that it is as exact as the parameters
/// themselves whatever the number of rows.
/// </summary>
internal sealed class FullGradient(GatedNetwork network, int[] rows)
{
    private readonly int[] _batch = new int[network.BatchRows];
    private readonly Buffer[] _gradients = [.. network.Gradients()];

    /// <summary>The mean loss, and its gradients in the order of <see cref="GatedNetwork.Gradients"/>.</summary>
    public (double Loss, double[][] Gradients) Compute()
    {
        network.TakeLoss();
        double[][] sums = Array.ConvertAll(_gradients, gradient => new double[gradient.Elements]);
        for (int start = 0; start < rows.Length; start += _batch.Length)
        {
            int real = Math.Min(_batch.Length, rows.Length - start);
            rows.AsSpan(start, real).CopyTo(_batch);
            _batch.AsSpan(real).Fill(-1);
            network.ComputeGradient(_batch);
            // A batch's gradient is of the mean over all its rows, padding included.
            double share = (double)_batch.Length / rows.Length;
            for (int i = 0; i < sums.Length; i++)
            {
                float[] part = _gradients[i].Read();
                for (int k = 0; k < part.Length; k++)
                {
                    sums[i][k] += share * part[k];
                }
            }
        }

        return (network.TakeLoss() / rows.Length, sums);
    }
}
