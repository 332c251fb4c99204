using Microsoft.ML;

namespace MLNet.DGating.Tests.Devices;

/// <summary>On machines without a usable NVIDIA card, which is where tests run; elsewhere the trainers would simply use it.</summary>
public sealed class DeviceChoiceTests
{
    [Theory]
    [AllTasks]
    public void ACardAskedForOnTheContext_WithFallback_IsReplacedByTheCpuWithAWarning(string task)
    {
        var context = new MLContext(seed: 1) { GpuDeviceId = 7, FallbackToCpu = true };
        var log = new List<string>();
        context.Log += (_, message) => log.Add(message.Message);
        TrainingTask.Get(task).Fit(context, Planted.Linear(60, 4, 2, seed: 1), count: 2);
        Assert.Contains(log, message => message.Contains("Training runs on the CPU.", StringComparison.Ordinal));
    }

    [Theory]
    [AllTasks]
    public void ACardAskedForOnTheContext_WithoutFallback_IsAnError(string task)
    {
        var context = new MLContext(seed: 1) { GpuDeviceId = 7, FallbackToCpu = false };
        var error = Assert.Throws<InvalidOperationException>(() => TrainingTask.Get(task).Fit(context, Planted.Linear(60, 4, 2, seed: 1), count: 2));
        Assert.Contains("MLContext.FallbackToCpu", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [AllTasks]
    public void TheCpuAskedForInTheOptions_WinsOverTheContext(string task)
    {
        var context = new MLContext(seed: 1) { GpuDeviceId = 7 };
        Assert.NotNull(TrainingTask.Get(task).Fit(context, Planted.Linear(60, 4, 2, seed: 1), count: 2, options => options.Device = DGatingDevice.Cpu).Model);
    }
}
