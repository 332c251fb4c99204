using MLNet.DGating.Torch.Native;
using TorchSharp;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Tells whether this process can use NVIDIA cards.</summary>
/// <param name="HasLibraries">Whether the libtorch that is loaded was built for CUDA.</param>
/// <param name="DeviceCount">The number of cards that it can use.</param>
internal readonly record struct CudaState(bool HasLibraries, int DeviceCount)
{
    /// <summary>Reads the state from libtorch, which is loaded for it.</summary>
    internal static CudaState Read()
    {
        TorchRuntime.EnsureLoaded();
        return LoadedLibraries.PathOf(NativePlatform.TorchCudaFile) is null
            ? default
            : new CudaState(true, torch.cuda.is_available() ? torch.cuda.device_count() : 0);
    }
}
