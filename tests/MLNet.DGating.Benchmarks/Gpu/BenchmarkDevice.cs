using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Devices;
using MLNet.DGating.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Benchmarks;

/// <summary>Gives the device that a measurement of batches is for: --device cuda, or cpu for a trial of the same code.</summary>
internal sealed class BenchmarkDevice
{
    private BenchmarkDevice(Device device) => Device = device;

    public Device Device { get; }

    public bool IsCard => Device.type == DeviceType.CUDA;

    /// <summary>Gives the device of the arguments, or null after saying why it cannot be used.</summary>
    public static BenchmarkDevice? Of(Arguments arguments)
    {
        TorchRuntime.EnsureLoaded();
        if (arguments.Text("device", "cuda") == "cpu")
        {
            return new BenchmarkDevice(CPU);
        }

        var cuda = CudaState.Read();
        if (cuda.DeviceCount > 0)
        {
            return new BenchmarkDevice(device("cuda:0"));
        }

        string reason = cuda.HasLibraries
            ? "no driver, or no card"
            : "the libtorch here is one for the CPU: build with -p:TorchBackend=cuda";
        Console.Error.WriteLine(
            $"There is no card that CUDA can use ({reason}). " +
            "With --device cpu the same code runs on the CPU; its seconds say nothing of a card's.");
        return null;
    }

    /// <summary>Creates a batch of runs whose steps are recorded, where the device has recordings, or launched.</summary>
    public BatchedRuns NewRuns(bool isRecorded) => new(
        ScalarType.Float32, Device,
        isRecorded ? CudaGraphCapture.Recorder(Device, Console.Error.WriteLine, Console.Error.WriteLine) : null);
}
