using Microsoft.ML;

namespace MLNet.DGating.Tests.Devices;

/// <summary>A card that no machine has, the eighth, is asked for.</summary>
public sealed class DeviceChoiceTests
{
    private readonly DataRow[] _rows = Planted.Linear(60, 4, 2, seed: 1);

    [Theory, AllTasks]
    public void ACardAskedForOnTheContext_WithFallback_IsReplacedByTheCpuWithAWarning(string task)
    {
        MLContext context = Context(fallback: true);
        var log = new MessageLog(context);
        byte[] bits = TrainingTask.Get(task).Fit(context, _rows, count: 2).Bits(context, _rows);
        Assert.EndsWith("Training runs on the CPU.", Assert.Single(log.Warnings), StringComparison.Ordinal);
        Assert.Equal(OnTheCpu(task), bits);
    }

    [Theory, AllTasks]
    public void ACardAskedForOnTheContext_WithoutFallback_IsAnError(string task)
    {
        MLContext context = Context(fallback: false);
        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => TrainingTask.Get(task).Fit(context, _rows, count: 2));
        Assert.Contains("MLContext.FallbackToCpu", error.Message, StringComparison.Ordinal);
    }

    [Theory, AllTasks]
    public void TheCpuAskedForInTheOptions_WinsOverTheContext(string task)
    {
        MLContext context = Context(fallback: false);
        var log = new MessageLog(context);
        Fitted fitted = TrainingTask.Get(task).Fit(context, _rows, count: 2, options => options.Device = DGatingDevice.Cpu);
        Assert.Empty(log.Warnings);
        Assert.Equal(OnTheCpu(task), fitted.Bits(context, _rows));
    }

    private static MLContext Context(bool fallback) => new(seed: 1) { GpuDeviceId = 7, FallbackToCpu = fallback };

    private byte[] OnTheCpu(string task)
    {
        var context = new MLContext(seed: 1);
        return TrainingTask.Get(task).Fit(context, _rows, 2, options => options.Device = DGatingDevice.Cpu).Bits(context, _rows);
    }
}
