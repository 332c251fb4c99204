using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Concatenates the tensors of single networks along the axis of networks.</summary>
internal static class PaddedStack
{
    /// <summary>Concatenates tensors, each padded with zeros to one size.</summary>
    /// <param name="networks">One tensor for each network; its first dimension has size 1.</param>
    /// <param name="dimension">The dimension that is padded.</param>
    /// <param name="size">The size of that dimension, at least that of every tensor.</param>
    public static Tensor Of(IEnumerable<Tensor> networks, int dimension, int size) =>
        cat([.. networks.Select(network => Padded(network, dimension, size))], 0);

    private static Tensor Padded(Tensor tensor, int dimension, int size)
    {
        long missing = size - tensor.shape[dimension];
        if (missing == 0)
        {
            return tensor;
        }

        // Two numbers a dimension, the last dimension first.
        long[] padding = new long[2 * (tensor.dim() - dimension)];
        padding[^1] = missing;
        return nn.functional.pad(tensor, padding);
    }
}
