using MLNet.DGating.Torch.Native;
using Microsoft.ML;
using TorchSharp;

namespace MLNet.DGating.Tests.Determinism;

/// <summary>An app that uses TorchSharp itself finds its settings as it left them.</summary>
[Collection(nameof(Alone))]
public class CallersTorchTests
{
    private readonly DataRow[] _rows = Planted.Linear(80, 4, 2, seed: 1);

    public CallersTorchTests() => TorchRuntime.EnsureLoaded();

    [Theory, AllTasks]
    public void Fit_LeavesTheCallersRandomStreamAlone(string task)
    {
        using torch.Generator before = torch.manual_seed(7);
        float[] expected = Draw();
        using torch.Generator again = torch.manual_seed(7);
        Fit(task);
        Assert.Equal(expected, Draw());
    }

    [Theory, AllTasks]
    public void Fit_DoesNotDependOnTheCallersRandomStream(string task)
    {
        using torch.Generator one = torch.manual_seed(7);
        byte[] expected = Fit(task);
        using torch.Generator other = torch.manual_seed(8);
        Assert.Equal(expected, Fit(task));
    }

    [Theory, AllTasks]
    public void Fit_LeavesTheNumberOfThreadsAlone_ForTheCallerAndForThreadsToCome(string task)
    {
        int before = torch.get_num_threads();
        try
        {
            torch.set_num_threads(3);
            Assert.Equal(3, OnANewThread(torch.get_num_threads));
            Fit(task);
            Assert.Equal(3, torch.get_num_threads());
            Assert.Equal(3, OnANewThread(torch.get_num_threads));
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    [Fact]
    public void Fit_ThatOverlapsWithAnother_LeavesTheNumberOfThreadsAlone()
    {
        int before = torch.get_num_threads();
        using var firstRuns = new ManualResetEventSlim();
        using var secondRuns = new ManualResetEventSlim();
        using var firstIsDone = new ManualResetEventSlim();
        try
        {
            torch.set_num_threads(3);
            // The second begins, on a thread that never used libtorch, while the first has its own setting, and ends after it.
            Thread first = Start(() => { firstRuns.Set(); secondRuns.Wait(); });
            firstRuns.Wait();
            Thread second = Start(() => { secondRuns.Set(); firstIsDone.Wait(); });
            first.Join();
            firstIsDone.Set();
            second.Join();
            Assert.Equal(3, OnANewThread(torch.get_num_threads));
        }
        finally
        {
            torch.set_num_threads(before);
        }

        Thread Start(Action report)
        {
            var progress = new Recorder { Then = _ => report() };
            var thread = new Thread(
                () => TrainingTask.Get("regression").Fit(new MLContext(1), _rows, 2, options => options.Progress = progress));
            thread.Start();
            return thread;
        }
    }

    private byte[] Fit(string task)
    {
        var context = new MLContext(seed: 1);
        return TrainingTask.Get(task).Fit(context, _rows, change: options => options.InputNoise = null).Bits(context, _rows);
    }

    private static float[] Draw()
    {
        using torch.Tensor drawn = torch.randn(5);
        return [.. drawn.data<float>()];
    }

    private static T OnANewThread<T>(Func<T> read)
    {
        T value = default!;
        var thread = new Thread(() => value = read());
        thread.Start();
        thread.Join();
        return value;
    }
}
