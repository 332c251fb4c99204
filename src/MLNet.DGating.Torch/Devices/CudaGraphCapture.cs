using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.DGating.Torch.Devices;

/// <summary>Records steps as CUDA graphs, on a stream of its own.</summary>
/// <remarks>
/// The functions of libtorch end the process where they fail, so the state of the stream is asked for before a recording is ended. Memory
/// that the steps read and write belongs to the stream on which it was made: the device is idle whenever the streams change.
/// </remarks>
internal sealed unsafe class CudaGraphCapture : IStepCapture
{
    // Only what this thread does may disturb its recording; other fits of the process go on.
    private const int ThreadLocal = 1;

    // States of a stream that records.
    private const int None = 0, Invalidated = 2;

    private readonly CudaGraphFunctions _functions;
    private readonly CudaStream _stream;

    private CudaGraphCapture(CudaGraphFunctions functions)
    {
        _functions = functions;
        _stream = functions.GetStreamFromPool(0, 0);
    }

    /// <summary>Creates a recorder for a device; gives null for the CPU, and where steps cannot be recorded.</summary>
    /// <param name="device">The device.</param>
    /// <param name="inform">Receives why the steps of a card are launched one by one.</param>
    /// <param name="warn">Receives a message about a recording that failed.</param>
    public static StepRecorder? Recorder(Device device, Action<string> inform, Action<string> warn)
    {
        if (device.type != TorchSharp.DeviceType.CUDA)
        {
            return null;
        }

        // Threads begin on the first card, and libtorch's streams are those of the present one.
        string reason = "Steps are recorded on the first card only; CUDA_VISIBLE_DEVICES makes another one the first.";
        CudaGraphFunctions? functions = device.index > 0 ? null : CudaGraphFunctions.Find(out reason);
        if (functions is null)
        {
            inform($"{reason} They are launched one by one, which is slower.");
            return null;
        }

        return new StepRecorder(new CudaGraphCapture(functions), warn);
    }

    public IDisposable Enter()
    {
        cuda.synchronize();
        CudaStream before = _functions.GetCurrentStream(0);
        _functions.SetCurrentStream(_stream);
        return new Turn(this, before);
    }

    public IRecordedStep Capture(Action step)
    {
        var graph = new Graph(_functions);
        _functions.Begin(graph.Memory, default, ThreadLocal);
        try
        {
            step();
        }
        catch
        {
            End(graph);
            graph.Dispose();
            throw;
        }

        if (!End(graph))
        {
            throw new InvalidOperationException("CUDA does not record one of their operations.");
        }

        return graph;
    }

    // CUDAGraph::capture_end throws where the recording is invalid. The stream then leaves it by the runtime's own function, and the
    // memory of the graph is given up.
    private bool End(Graph graph)
    {
        CudaStream stream = _stream;
        IntPtr handle = _functions.HandleOf(&stream);
        int state;
        if (_functions.IsCapturing(handle, &state) == 0 && state is not (None or Invalidated))
        {
            _functions.End(graph.Memory);
            return true;
        }

        IntPtr nothing;
        _functions.EndOfStream(handle, &nothing);
        graph.Abandon();
        return false;
    }

    private sealed class Turn(CudaGraphCapture capture, CudaStream before) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                cuda.synchronize();
            }
            finally
            {
                capture._functions.SetCurrentStream(before);
            }
        }
    }

    private sealed class Graph : IRecordedStep
    {
        // More than a CUDAGraph takes in any version.
        private const int Size = 8192;

        private readonly CudaGraphFunctions _functions;

        public Graph(CudaGraphFunctions functions)
        {
            _functions = functions;
            Memory = NativeMemory.AllocZeroed(Size);
            functions.Create(Memory, 0);
        }

        public void* Memory { get; private set; }

        public void Replay() => _functions.Replay(Memory);

        /// <summary>Leaves the object as it is, since its functions would throw.</summary>
        public void Abandon() => Memory = null;

        public void Dispose()
        {
            if (Memory is not null)
            {
                _functions.Reset(Memory);
                NativeMemory.Free(Memory);
                Memory = null;
            }
        }
    }
}
