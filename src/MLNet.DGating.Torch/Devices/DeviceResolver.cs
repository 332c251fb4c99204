using MLNet.DGating.Torch.Native;
using TorchSharp;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Turns what the user asked for into a device that exists.</summary>
internal static class DeviceResolver
{
    /// <summary>The device to train on. Loads the native libraries.</summary>
    /// <param name="device">What the trainer's options ask for.</param>
    /// <param name="gpuDeviceId">
    /// <c>MLContext.GpuDeviceId</c>. With <see cref="DGatingDevice.Auto"/> an id asks for that card as <see cref="DGatingDevice.Cuda"/>
    /// does.
    /// </param>
    /// <param name="fallbackToCpu"><c>MLContext.FallbackToCpu</c>.</param>
    /// <param name="warn">Receives one sentence where the CPU is taken instead of a card that was asked for.</param>
    /// <exception cref="InvalidOperationException">The card that was asked for cannot be used, and the CPU is no substitute.</exception>
    internal static torch.Device Resolve(DGatingDevice device, int? gpuDeviceId, bool fallbackToCpu, Action<string> warn)
    {
        TorchRuntime.EnsureLoaded();
        var id = Choose(device, gpuDeviceId, fallbackToCpu, warn, CudaState.Read);
        return id is null ? torch.CPU : torch.device(DeviceType.CUDA, id.Value);
    }

    /// <summary>The id of the card to train on, or null for the CPU.</summary>
    /// <remarks>An explicit CPU does not ask for the state of CUDA.</remarks>
    internal static int? Choose(DGatingDevice device, int? gpuDeviceId, bool fallbackToCpu, Action<string> warn, Func<CudaState> readState)
    {
        if (device is DGatingDevice.Cpu)
        {
            return null;
        }

        var id = gpuDeviceId ?? 0;
        var obstacle = Obstacle(readState(), id);
        if (obstacle is null)
        {
            return id;
        }

        if (device is DGatingDevice.Auto && gpuDeviceId is null)
        {
            return null;
        }

        if (!fallbackToCpu)
        {
            throw new InvalidOperationException($"{obstacle} To train on the CPU instead, set MLContext.FallbackToCpu or DGatingDevice.Cpu.");
        }

        warn($"{obstacle} Training runs on the CPU.");
        return null;
    }

    private static string? Obstacle(CudaState state, int id)
    {
        if (!state.HasLibraries)
        {
            return NativePlatform.CudaPackage is { } package
                ? $"CUDA was asked for, but the application has libtorch for the CPU only: reference the package {package} {TorchVersions.TorchSharp} in place of it."
                : "CUDA was asked for, but libtorch for this system knows no CUDA.";
        }

        if (state.DeviceCount == 0)
        {
            return "CUDA was asked for, but no NVIDIA card can be used: nvidia-smi shows whether the driver sees one.";
        }

        return id >= 0 && id < state.DeviceCount
            ? null
            : $"GPU device id {id} does not exist: CUDA finds {state.DeviceCount} {(state.DeviceCount == 1 ? "card, with id 0" : $"cards, with ids 0 to {state.DeviceCount - 1}")}.";
    }
}
