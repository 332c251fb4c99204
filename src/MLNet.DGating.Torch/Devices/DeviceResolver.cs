using MLNet.DGating.Torch.Native;
using TorchSharp;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Finds the device to train on from the options and the MLContext.</summary>
internal static class DeviceResolver
{
    /// <summary>Gives the device to train on, and loads the native libraries for it.</summary>
    /// <param name="device">The device that the trainer's options ask for.</param>
    /// <param name="gpuDeviceId">
    /// <c>MLContext.GpuDeviceId</c>. With <see cref="DGatingDevice.Auto"/> an id asks for that card as <see cref="DGatingDevice.Cuda"/>
    /// does.
    /// </param>
    /// <param name="fallbackToCpu"><c>MLContext.FallbackToCpu</c>.</param>
    /// <param name="work">The work of a training step, by which <see cref="DGatingDevice.Auto"/> decides where there is a card.</param>
    /// <param name="inform">Receives what <see cref="DGatingDevice.Auto"/> took where there is a card, and why.</param>
    /// <param name="warn">Receives one sentence where the CPU is taken instead of a card that was asked for.</param>
    /// <exception cref="InvalidOperationException">The card cannot be used, and the CPU may not be taken instead.</exception>
    internal static torch.Device Resolve(
        DGatingDevice device, int? gpuDeviceId, bool fallbackToCpu, StepWork work, Action<string> inform, Action<string> warn)
    {
        TorchRuntime.EnsureLoaded();
        int? id = Choose(device, gpuDeviceId, fallbackToCpu, work, inform, warn, CudaState.Read);
        return id is null ? torch.CPU : torch.device(DeviceType.CUDA, id.Value);
    }

    /// <summary>Gives the id of the card to train on, or null for the CPU.</summary>
    /// <remarks>The state of CUDA is not read where the CPU is asked for.</remarks>
    internal static int? Choose(
        DGatingDevice device, int? gpuDeviceId, bool fallbackToCpu, StepWork work, Action<string> inform, Action<string> warn,
        Func<CudaState> readState)
    {
        if (device is DGatingDevice.Cpu)
        {
            return null;
        }

        int id = gpuDeviceId ?? 0;
        bool isOpen = device is DGatingDevice.Auto && gpuDeviceId is null;
        string? obstacle = Obstacle(readState(), id);
        if (obstacle is null)
        {
            return isOpen ? ByWork(work, id, inform) : id;
        }

        if (isOpen)
        {
            return null;
        }

        if (!fallbackToCpu)
        {
            throw new InvalidOperationException(
                $"{obstacle} To train on the CPU instead, set MLContext.FallbackToCpu or DGatingDevice.Cpu.");
        }

        warn($"{obstacle} Training runs on the CPU.");
        return null;
    }

    private static int? ByWork(StepWork work, int id, Action<string> inform)
    {
        const long million = 1_000_000;
        string step = $"a step multiplies {work}, {(work.IsForCard ? "at least" : "less than")} " +
            $"the {StepWork.LeastProducts / million} million products from which a card is faster.";
        inform(work.IsForCard
            ? $"Training runs on the card with id {id}: {step} DGatingDevice.Cpu asks for the CPU."
            : $"Training runs on the CPU: {step} DGatingDevice.Cuda asks for the card.");
        return work.IsForCard ? id : null;
    }

    private static string? Obstacle(CudaState state, int id)
    {
        if (!state.HasLibraries)
        {
            return NativePlatform.CudaPackage is { } package
                ? "CUDA was asked for, but the application has libtorch for the CPU only: " +
                    $"reference the package {package} {TorchVersions.TorchSharp} in place of it."
                : "CUDA was asked for, but libtorch for this system knows no CUDA.";
        }

        if (state.DeviceCount == 0)
        {
            return "CUDA was asked for, but no NVIDIA card can be used: nvidia-smi shows whether the driver sees one.";
        }

        string cards = state.DeviceCount == 1 ? "card, with id 0" : $"cards, with ids 0 to {state.DeviceCount - 1}";
        return id >= 0 && id < state.DeviceCount
            ? null
            : $"GPU device id {id} does not exist: CUDA finds {state.DeviceCount} {cards}.";
    }
}
