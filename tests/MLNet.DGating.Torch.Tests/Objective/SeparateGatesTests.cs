using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Tests.Backends.Cpu;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Objective;

/// <summary>Separate gates that start equal, D − 1 a group, take the way of the engine's one scalar (docs/theory.md §4).</summary>
public class SeparateGatesTests
{
    [Theory]
    [InlineData(2, 0.9f, true)]
    [InlineData(3, 0f, false)]
    [InlineData(4, 0.9f, true)]
    [InlineData(5, 0.9f, false)]
    public void AThousandSteps_WithSeparateGates_GoWhereTheOneScalarGoes(int depth, float momentum, bool skip)
    {
        var step = new StepSettings(0.02f, momentum, 1e-3f, 0.02, depth, 0);
        var problem =
            Problem.Create(new Random(depth), 30, [1, 2, 1, 3, 1], [4], LearningTask.Multiclass(3), skip, DGatingActivation.Tanh);
        (double[] engine, double[] reference, double[] start) = Train(problem, problem.State(1), step, separateGates: depth - 1);
        Assert.True(Distance(start, engine) > 0.5, "Nothing moved.");
        Near.Relative(reference, engine, 1e-10);
    }

    [Theory]
    [InlineData(2.5)]
    public void AThousandSteps_WithARealDepth_FollowTheGradientsOfSection2(double depth)
    {
        var step = new StepSettings(0.02f, 0.9f, 1e-3f, 0.02, depth, 0);
        var problem = Problem.Create(new Random(3), 30, [1, 2, 1, 3, 1], [4], LearningTask.Binary, skip: true, DGatingActivation.Tanh);
        (double[] engine, double[] reference, _) = Train(problem, problem.State(1), step, separateGates: 0);
        Near.Relative(reference, engine, 1e-10);
    }

    private static (double[] Engine, double[] Reference, double[] Start) Train(
        Problem problem, NetworkState state, StepSettings step, int separateGates)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var engine = Engine.Double(problem);
        engine.Network.Load(state, step.GateDepth);
        using var reference = new AutogradNetwork(problem, state, separateGates);
        double[] start = engine.Parameters;
        for (int i = 0; i < 1_000; i++)
        {
            using DisposeScope ofStep = torch.NewDisposeScope();
            engine.Step(problem.Rows, step);
            reference.Step(step);
        }

        Assert.All(engine.Gates, gate => Assert.True(gate > 0, "A gate closed; the separate ones are not clamped."));
        return (engine.Parameters, reference.Parameters(), start);
    }

    private static double Distance(double[] a, double[] b) => System.Numerics.Tensors.TensorPrimitives.Distance<double>(a, b);
}
