using MLNet.DGating.Torch.Interop;
using MLNet.DGating.Torch.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Creates a fixed table of standard normal numbers on a device.</summary>
/// <remarks>
/// The noise of a batch begins at a place that its network draws from its own random stream. So all networks get their noise by one gather,
/// and the noise of one does not depend on the others. Numbers are used again, at other rows and columns of other batches.
/// </remarks>
internal static class NoiseTable
{
    /// <summary>The length of the table, a power of two. Reading past the end continues at the beginning.</summary>
    public const int Length = 1 << 22;

    private const int Seed = 0, Stream = 1;

    public static Tensor Create(ScalarType type, Device device)
    {
        float[] numbers = new float[Length];
        new NormalNoise(new RandomStream(Seed, Stream)).AddTo(numbers, 1);
        using DisposeScope scope = NewDisposeScope();
        return tensor(numbers).to(type).to(device).DetachFromDisposeScope();
    }

    /// <summary>Gives the places of the numbers of a batch, counted from its first one [networks, rows, columns].</summary>
    /// <remarks>A network reads them one after the other, with its own width, as if it were alone.</remarks>
    /// <param name="isPresent">1 where a network has a column, else 0 [networks, 1, columns].</param>
    /// <param name="rows">The number of rows of a batch.</param>
    public static Tensor Places(Tensor isPresent, int rows)
    {
        Tensor widths = isPresent.sum(2, keepdim: true).to(ScalarType.Int64);
        return arange(rows, ScalarType.Int64, isPresent.device).view(-1, 1).mul(widths)
            .add(arange(isPresent.shape[2], ScalarType.Int64, isPresent.device), LiveScalar.Of(1L));
    }

    /// <summary>Gives the numbers of a batch [networks, rows, columns].</summary>
    /// <param name="table">The table.</param>
    /// <param name="places">The places of the numbers, counted from the first one [networks, rows, columns].</param>
    /// <param name="starts">The places of the first numbers [networks, 1].</param>
    public static Tensor Take(Tensor table, Tensor places, Tensor starts) =>
        table.take(places.add(starts.unsqueeze(-1), LiveScalar.Of(1L)).remainder_(LiveScalar.Of((long)Length)));
}
