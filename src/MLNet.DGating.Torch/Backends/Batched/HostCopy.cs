using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Copies the numbers of tensors to the host, in one piece.</summary>
/// <remarks>TorchSharp's accessors copy a matrix element by element, which takes ten times as long.</remarks>
internal static class HostCopy
{
    public static float[] Floats(Tensor tensor) => Of<float>(tensor, ScalarType.Float32);

    public static double[] Doubles(Tensor tensor) => Of<double>(tensor, ScalarType.Float64);

    private static T[] Of<T>(Tensor tensor, ScalarType type)
        where T : struct
    {
        if (tensor.numel() == 0)
        {
            return [];
        }

        using DisposeScope scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, T>(tensor.to(type).cpu().contiguous().bytes).ToArray();
    }
}
