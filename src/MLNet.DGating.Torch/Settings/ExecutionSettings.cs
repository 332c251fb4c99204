namespace MLNet.DGating.Torch.Settings;

/// <summary>Holds where runs are carried out. The number of threads has no influence on results.</summary>
internal sealed record ExecutionSettings
{
    /// <summary>The number of threads for independent runs on the CPU, at least 1.</summary>
    public int NumberOfThreads { get; init; } = 1;

    public TorchSharp.torch.Device Device { get; init; } = TorchSharp.torch.CPU;

    /// <summary>The floating-point type of the numbers on a device; float64 is for tests.</summary>
    public TorchSharp.torch.ScalarType Precision { get; init; } = TorchSharp.torch.ScalarType.Float32;

    /// <summary>Whether networks train in one batch on the CPU too, as on any other device; for tests.</summary>
    public bool IsBatchedOnCpu { get; init; }

    /// <summary>Whether the networks of independent runs train in one batch on a device, instead of on threads of the CPU.</summary>
    public bool IsBatched => IsBatchedOnCpu || Device.type != TorchSharp.DeviceType.CPU;
}
