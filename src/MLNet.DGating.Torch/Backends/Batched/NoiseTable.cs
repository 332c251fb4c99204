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
}
