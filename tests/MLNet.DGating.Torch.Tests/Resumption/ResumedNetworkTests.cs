using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Resumption;

namespace MLNet.DGating.Torch.Tests.Resumption;

/// <summary>A network whose state was saved and restored goes on as if nothing had happened.</summary>
public class ResumedNetworkTests
{
    [Fact]
    public void ARestoredNetwork_TakesTheSameSteps_WithNoiseAndDropout() => Gen.Select(Problem.Any, Gen.Bool).Sample((problem, isNoisy) =>
    {
        var step = new StepSettings(0.05f, 0.9f, 1e-3f, 0.01, 3, isNoisy ? 0.3f : 0) { Dropout = isNoisy ? 0.3f : 0 };
        using Engine first = Begin(problem), second = Begin(problem);
        Train(first, problem, step);
        byte[] saved = StateExchange.Save(State(first));
        StateExchange.Restore(State(second), saved);
        Assert.Equal(saved, StateExchange.Save(State(second)));

        Train(first, problem, step);
        Train(second, problem, step);
        Assert.Equal(first.TakeLoss(), second.TakeLoss());
        Assert.Equal(StateExchange.Save(State(first)), StateExchange.Save(State(second)));
        Assert.Equal(first.Parameters, second.Parameters);
    }, iter: 40);

    [Fact]
    public void AStateOfAnotherSize_IsRefused()
    {
        var random = new Random(1);
        var problem = Problem.Create(random, 8, [1, 2], [3], Problem.TaskOf(0));
        using Engine network = Begin(problem);
        byte[] saved = StateExchange.Save(State(network));
        Assert.Throws<FormatException>(() => StateExchange.Restore(State(network), saved.AsMemory()[..^4]));
        Assert.Throws<FormatException>(() => StateExchange.Restore(State(network), (byte[])[.. saved, 0]));
    }

    private static Engine Begin(Problem problem)
    {
        var engine = Engine.OnCpu(problem, problem.Data.Rows);
        engine.Network.Load(problem.State(1), 3);
        return engine;
    }

    private static void Train(Engine engine, Problem problem, StepSettings step)
    {
        engine.TakeLoss();
        engine.Steps(3, problem.Rows, step);
    }

    private static IResumable State(Engine engine) => (IResumable)engine.Network;
}
