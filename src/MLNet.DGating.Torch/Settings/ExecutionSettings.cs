namespace MLNet.DGating.Torch.Settings;

/// <summary>Where runs are carried out. It has no influence on their results on the CPU.</summary>
internal sealed record ExecutionSettings
{
    /// <summary>Threads for independent runs on the CPU, at least 1.</summary>
    public int NumberOfThreads { get; init; } = 1;

    public TorchSharp.torch.Device Device { get; init; } = TorchSharp.torch.CPU;

    /// <summary>Of the numbers on a device; float64 is for tests.</summary>
    public TorchSharp.torch.ScalarType Precision { get; init; } = TorchSharp.torch.ScalarType.Float32;

    /// <summary>Whether networks train in batches on the CPU too, as they do on any other device: for tests.</summary>
    public bool IsBatchedOnCpu { get; init; }

    /// <summary>Whether independent runs share one device, in batches, instead of a CPU's threads.</summary>
    public bool IsBatched => IsBatchedOnCpu || Device.type != TorchSharp.DeviceType.CPU;
}
