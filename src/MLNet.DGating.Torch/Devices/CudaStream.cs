using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Holds a c10::cuda::CUDAStream, which is passed by value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct CudaStream
{
    private readonly long _unchecked;
    private readonly long _rest;
}
