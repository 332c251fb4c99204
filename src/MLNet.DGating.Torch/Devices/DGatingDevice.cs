namespace MLNet.DGating;

/// <summary>Names the device on which a model is trained.</summary>
public enum DGatingDevice
{
    /// <summary>An NVIDIA card where one can be used and the steps are large enough for it, else the CPU.</summary>
    /// <remarks>
    /// The log says which and why: below 64 million products of rows of a batch, columns and neurons a card is slower (docs/gpu.md). Sparse
    /// rows are trained on by the CPU, since a card takes dense rows only.
    /// </remarks>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The NVIDIA card that <c>MLContext.GpuDeviceId</c> names, or else the first one.</summary>
    /// <remarks>Where no card can be used, <c>MLContext.FallbackToCpu</c> decides between the CPU and an error.</remarks>
    Cuda,
}
