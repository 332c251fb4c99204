using MLNet.DGating.Torch.Native;
using TorchSharp;

namespace MLNet.DGating.Torch.Devices;

/// <summary>What this process can do with NVIDIA cards.</summary>
/// <param name="HasLibraries">Whether the libtorch that is loaded was built for CUDA.</param>
/// <param name="DeviceCount">How many cards it can use.</param>
internal readonly record struct CudaState(bool HasLibraries, int DeviceCount)
{
    internal static CudaState Read()
    {
        TorchRuntime.EnsureLoaded();
        return LoadedLibraries.PathOf(NativePlatform.TorchCudaFile) is null
            ? default
            : new CudaState(true, torch.cuda.is_available() ? torch.cuda.device_count() : 0);
    }
}
