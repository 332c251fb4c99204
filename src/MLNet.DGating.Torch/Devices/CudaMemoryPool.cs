using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Holds the name of a memory pool of libtorch; the zero value asks for a new one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct CudaMemoryPool
{
    private readonly long _first;
    private readonly long _second;
}
