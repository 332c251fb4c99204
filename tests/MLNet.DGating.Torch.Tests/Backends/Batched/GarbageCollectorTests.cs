using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>Nothing that libtorch still reads is freed by the collector, however busy that is.</summary>
[Collection(Alone.Name)]
public class GarbageCollectorTests
{
    [Fact]
    public void StepsOfAMember_AreTheSame_WhileTheCollectorRunsAllTheTime()
    {
        float[] quiet = Train();
        using var done = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            Assert.Equal(quiet, Train());
        }
        finally
        {
            done.Cancel();
            collector.Join();
        }
    }

    private static float[] Train()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        var random = new Random(1);
        var squared = Problem.Create(random, 20, [1, 2, 1], [3], LearningTask.Regression, skip: true);
        var logistic = Problem.Create(random, 20, [1, 2, 1], [3], LearningTask.Binary, activation: DGatingActivation.Tanh);
        var huber = Problem.Create(random, 20, [1, 2, 1], [3], RegressionTask.Huber(0.5));
        var quantiles = Problem.Create(random, 20, [1, 2, 1], [3], RegressionTask.Quantiles([0.1, 0.9]));
        return [.. Train(squared), .. Train(logistic), .. Train(huber), .. Train(quantiles)];
    }

    private static float[] Train(Problem problem)
    {
        using var engine = Engine.Batched(problem, torch.ScalarType.Float32, 20);
        engine.Network.Load(problem.State(1), 3);
        var step = new StepSettings(0.01f, 0.9f, 1e-3f, 0.01, 3, 0.1f);
        for (int i = 0; i < 200; i++)
        {
            engine.Step(problem.Rows, step);
        }

        engine.Network.Measure(step);
        return TestRuns.Values(engine.Network.Capture());
    }
}
