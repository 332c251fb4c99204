using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Native;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Holds the functions of libtorch by which operations of a card are recorded as a CUDA graph.</summary>
/// <remarks>
/// TorchSharp does not bind them. They are C++ functions, so they are found by the names that the compilers of Linux give them; those of
/// Windows are others, and are not known here.
/// </remarks>
internal sealed unsafe class CudaGraphFunctions
{
    private CudaGraphFunctions(IntPtr streams, IntPtr graphs)
    {
        GetStreamFromPool =
            (delegate* unmanaged<byte, sbyte, CudaStream>)NativeLibrary.GetExport(streams, "_ZN3c104cuda17getStreamFromPoolEba");
        GetCurrentStream = (delegate* unmanaged<sbyte, CudaStream>)NativeLibrary.GetExport(streams, "_ZN3c104cuda20getCurrentCUDAStreamEa");
        SetCurrentStream = (delegate* unmanaged<CudaStream, void>)NativeLibrary.GetExport(
            streams, "_ZN3c104cuda20setCurrentCUDAStreamENS0_10CUDAStreamE");
        HandleOf = (delegate* unmanaged<CudaStream*, IntPtr>)NativeLibrary.GetExport(streams, "_ZNK3c104cuda10CUDAStream6streamEv");
        Create = (delegate* unmanaged<void*, byte, void>)NativeLibrary.GetExport(graphs, "_ZN2at4cuda9CUDAGraphC1Eb");
        Begin = (delegate* unmanaged<void*, CudaMemoryPool, int, void>)NativeLibrary.GetExport(
            graphs, "_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
        End = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(graphs, "_ZN2at4cuda9CUDAGraph11capture_endEv");
        Replay = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(graphs, "_ZN2at4cuda9CUDAGraph6replayEv");
        Reset = (delegate* unmanaged<void*, void>)NativeLibrary.GetExport(graphs, "_ZN2at4cuda9CUDAGraph5resetEv");
        // Functions of the CUDA runtime, on which the first library depends.
        IsCapturing = (delegate* unmanaged<IntPtr, int*, int>)NativeLibrary.GetExport(streams, "cudaStreamIsCapturing");
        EndOfStream = (delegate* unmanaged<IntPtr, IntPtr*, int>)NativeLibrary.GetExport(streams, "cudaStreamEndCapture");
    }

    /// <summary>getStreamFromPool(isHighPriority, device).</summary>
    public delegate* unmanaged<byte, sbyte, CudaStream> GetStreamFromPool { get; }

    /// <summary>getCurrentCUDAStream(device), of the calling thread.</summary>
    public delegate* unmanaged<sbyte, CudaStream> GetCurrentStream { get; }

    /// <summary>setCurrentCUDAStream(stream), for the calling thread.</summary>
    public delegate* unmanaged<CudaStream, void> SetCurrentStream { get; }

    /// <summary>CUDAStream::stream(), the handle that the CUDA runtime knows.</summary>
    public delegate* unmanaged<CudaStream*, IntPtr> HandleOf { get; }

    /// <summary>The constructor CUDAGraph(keepGraph).</summary>
    public delegate* unmanaged<void*, byte, void> Create { get; }

    /// <summary>CUDAGraph::capture_begin(pool, mode).</summary>
    public delegate* unmanaged<void*, CudaMemoryPool, int, void> Begin { get; }

    /// <summary>CUDAGraph::capture_end().</summary>
    public delegate* unmanaged<void*, void> End { get; }

    /// <summary>CUDAGraph::replay().</summary>
    public delegate* unmanaged<void*, void> Replay { get; }

    /// <summary>CUDAGraph::reset(), which frees the graph and its memory.</summary>
    public delegate* unmanaged<void*, void> Reset { get; }

    /// <summary>cudaStreamIsCapturing(stream, status), 0 for success.</summary>
    public delegate* unmanaged<IntPtr, int*, int> IsCapturing { get; }

    /// <summary>cudaStreamEndCapture(stream, graph), 0 for success.</summary>
    public delegate* unmanaged<IntPtr, IntPtr*, int> EndOfStream { get; }

    /// <summary>Finds the functions in the libraries that are loaded; gives null where they cannot be used.</summary>
    /// <param name="reason">Why they cannot be used, as a sentence; empty where they were found.</param>
    public static CudaGraphFunctions? Find(out string reason)
    {
        reason = "";
        try
        {
            string? streams = LoadedLibraries.PathOf(NativePlatform.FileName("c10_cuda"));
            string? graphs = LoadedLibraries.PathOf(NativePlatform.TorchCudaFile);
            if (OperatingSystem.IsLinux() && streams is not null && graphs is not null)
            {
                return new CudaGraphFunctions(NativeLibrary.Load(streams), NativeLibrary.Load(graphs));
            }

            reason = "Steps are recorded with libtorch for CUDA on Linux only.";
        }
        catch (EntryPointNotFoundException error)
        {
            reason = $"This libtorch cannot record steps: {error.Message}";
        }

        return null;
    }
}
