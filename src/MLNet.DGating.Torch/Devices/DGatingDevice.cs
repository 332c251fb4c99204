namespace MLNet.DGating;

/// <summary>Names the device on which a model is trained.</summary>
public enum DGatingDevice
{
    /// <summary>An NVIDIA card where one can be used, else the CPU.</summary>
    /// <remarks>Sparse rows are trained on by the CPU: a card takes dense rows only.</remarks>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The NVIDIA card that <c>MLContext.GpuDeviceId</c> names, or else the first one.</summary>
    /// <remarks>Where no card can be used, <c>MLContext.FallbackToCpu</c> decides between the CPU and an error.</remarks>
    Cuda,
}
