using MLNet.DGating.Torch.Devices;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Devices;

public class DeviceResolverTests
{
    private const string NoLibraries =
        "CUDA was asked for, but the application has libtorch for the CPU only: "
        + "reference the package TorchSharp-cuda-linux 0.107.0 in place of it.";

    private const string NoCard = "CUDA was asked for, but no NVIDIA card can be used: nvidia-smi shows whether the driver sees one.";
    private const string NoSuchCard = "GPU device id 5 does not exist: CUDA finds 1 card, with id 0.";
    private const string NoSuchCards = "GPU device id 5 does not exist: CUDA finds 4 cards, with ids 0 to 3.";
    private const string NegativeCard = "GPU device id -1 does not exist: CUDA finds 1 card, with id 0.";

    private static readonly StepWork s_large = new(500, 1000, 128);

    private static readonly CudaState WithoutLibraries = new(HasLibraries: false, DeviceCount: 0);

    [Fact]
    public void Cpu_IsTheCpu_AndNeverAsksForCuda() =>
        Assert.Null(DeviceResolver.Choose(
            DGatingDevice.Cpu, gpuDeviceId: 0, fallbackToCpu: false, s_large, Ignore, NoWarning,
            () => throw new InvalidOperationException("asked")));

    [Theory]
    [InlineData(DGatingDevice.Auto, null, 1, 0)]
    [InlineData(DGatingDevice.Auto, 3, 4, 3)]
    [InlineData(DGatingDevice.Cuda, null, 2, 0)]
    [InlineData(DGatingDevice.Cuda, 1, 2, 1)]
    public void ACardThatExists_IsTaken(DGatingDevice device, int? id, int count, int expected) =>
        Assert.Equal(expected, DeviceResolver.Choose(
            device, id, fallbackToCpu: false, s_large, Ignore, NoWarning, () => new CudaState(true, count)));

    [Theory]
    [InlineData(DGatingDevice.Auto, null, null)]
    [InlineData(DGatingDevice.Auto, 0, 0)]
    [InlineData(DGatingDevice.Cuda, null, 0)]
    public void SmallSteps_AreForTheCpu_WhereNoCardWasAskedFor(DGatingDevice device, int? id, int? expected)
    {
        var messages = new List<string>();
        var isolet = new StepWork(97, 617, 128);
        Assert.Equal(expected, DeviceResolver.Choose(
            device, id, fallbackToCpu: false, isolet, messages.Add, NoWarning, () => new CudaState(true, 1)));
        Assert.Equal(
            expected is null
                ? ["Training runs on the CPU: a step multiplies 97 rows by 617 columns by 128 neurons, less than the 64 million products "
                    + "from which a card is faster. DGatingDevice.Cuda asks for the card."]
                : [],
            messages);
    }

    [Fact]
    public void LargeSteps_AreForTheCard_AndTheLogSaysWhy()
    {
        var messages = new List<string>();
        Assert.Equal(0, DeviceResolver.Choose(
            DGatingDevice.Auto, gpuDeviceId: null, fallbackToCpu: true, s_large, messages.Add, NoWarning, () => new CudaState(true, 1)));
        Assert.StartsWith(
            "Training runs on the card with id 0: a step multiplies 500 rows by 1000 columns by 128 neurons, at least the 64 million",
            Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Auto_WithoutACard_IsTheCpu_Silently(bool fallbackToCpu)
    {
        Assert.Null(DeviceResolver.Choose(
            DGatingDevice.Auto, gpuDeviceId: null, fallbackToCpu, s_large, Ignore, NoWarning, () => WithoutLibraries));
        Assert.Null(DeviceResolver.Choose(
            DGatingDevice.Auto, gpuDeviceId: null, fallbackToCpu, s_large, Ignore, NoWarning, () => new CudaState(true, 0)));
    }

    public static TheoryData<DGatingDevice, int?, bool, int, string> Obstacles => new()
    {
        { DGatingDevice.Cuda, null, false, 0, NoLibraries },
        { DGatingDevice.Auto, 0, false, 0, NoLibraries },
        { DGatingDevice.Cuda, null, true, 0, NoCard },
        { DGatingDevice.Cuda, 5, true, 1, NoSuchCard },
        { DGatingDevice.Auto, 5, true, 4, NoSuchCards },
        { DGatingDevice.Cuda, -1, true, 1, NegativeCard },
    };

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void ACardThatCannotBeUsed_WithFallback_IsTheCpuWithAWarning(
        DGatingDevice device, int? id, bool hasLibraries, int count, string obstacle)
    {
        var warnings = new List<string>();
        Assert.Null(DeviceResolver.Choose(
            device, id, fallbackToCpu: true, s_large, Ignore, warnings.Add, () => new CudaState(hasLibraries, count)));
        Assert.Equal(OnThisSystem(obstacle) + " Training runs on the CPU.", Assert.Single(warnings));
    }

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void ACardThatCannotBeUsed_WithoutFallback_IsAnError(
        DGatingDevice device, int? id, bool hasLibraries, int count, string obstacle)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => DeviceResolver.Choose(
                device, id, fallbackToCpu: false, s_large, Ignore, NoWarning, () => new CudaState(hasLibraries, count)));
        Assert.Equal(
            OnThisSystem(obstacle) + " To train on the CPU instead, set MLContext.FallbackToCpu or DGatingDevice.Cpu.", error.Message);
    }

    [Fact]
    public void Resolve_Cpu_IsADeviceThatComputes()
    {
        torch.Device device =
            DeviceResolver.Resolve(DGatingDevice.Cpu, gpuDeviceId: null, fallbackToCpu: false, s_large, Ignore, NoWarning);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor numbers = torch.arange(1, 5, torch.float32, device).view(2, 2);
        Assert.Equal(DeviceType.CPU, numbers.device_type);
        Assert.Equal([7f, 10, 15, 22], numbers.mm(numbers).data<float>().ToArray());
    }

    [Fact]
    public void Resolve_Auto_IsTheCardWhereThereIsOne()
    {
        DeviceType expected = CudaState.Read().DeviceCount > 0 ? DeviceType.CUDA : DeviceType.CPU;
        Assert.Equal(
            expected, DeviceResolver.Resolve(DGatingDevice.Auto, gpuDeviceId: null, fallbackToCpu: false, s_large, Ignore, NoWarning).type);
    }

    private static string OnThisSystem(string obstacle) =>
        OperatingSystem.IsWindows() ? obstacle.Replace("cuda-linux", "cuda-windows", StringComparison.Ordinal)
        : OperatingSystem.IsMacOS() && obstacle == NoLibraries ? "CUDA was asked for, but libtorch for this system knows no CUDA."
        : obstacle;

    private static void Ignore(string message)
    {
    }

    private static void NoWarning(string message) => Assert.Fail($"Unexpected warning: {message}");
}
