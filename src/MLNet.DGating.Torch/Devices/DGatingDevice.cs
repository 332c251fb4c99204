namespace MLNet.DGating;

/// <summary>Where a model is trained.</summary>
public enum DGatingDevice
{
    /// <summary>An NVIDIA card where one can be used, else the CPU.</summary>
    /// <remarks>Rows that are kept sparse are trained on by the CPU: a card takes dense rows only.</remarks>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>
    /// The NVIDIA card that <c>MLContext.GpuDeviceId</c> names, or the first. Without one, <c>MLContext.FallbackToCpu</c> decides between
    /// the CPU and an error.
    /// </summary>
    Cuda,
}
