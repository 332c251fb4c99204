using MLNet.DGating.Torch.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Standard normal numbers on a device, always the same.</summary>
/// <remarks>
/// A batch reads on from a place that the member draws from its own stream: all members get their noise by one gather, and what one gets
/// depends on nothing but itself. Numbers are used again, at other rows and columns of other batches.
/// </remarks>
internal static class NoiseTable
{
    /// <summary>A power of two. Reading past the end goes on at the beginning.</summary>
    public const int Length = 1 << 22;

    private const int Seed = 0, Stream = 1;

    public static Tensor Create(ScalarType type, Device device)
    {
        var numbers = new float[Length];
        new NormalNoise(new RandomStream(Seed, Stream)).AddTo(numbers, 1);
        using DisposeScope scope = NewDisposeScope();
        return tensor(numbers).to(type).to(device).DetachFromDisposeScope();
    }
}
