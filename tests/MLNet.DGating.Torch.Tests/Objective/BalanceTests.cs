using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;
using TorchSharp;
using static System.Numerics.Tensors.TensorPrimitives;

namespace MLNet.DGating.Torch.Tests.Objective;

/// <summary>The imbalance ‖ω‖² − γ² of a group, after one step and over many (docs/theory.md §3).</summary>
public class BalanceTests
{
    [Fact]
    public void Step_WithoutMomentum_ChangesTheImbalanceByTheIdentity() =>
        Gen.Select(Problem.Any, Gen.Int[0, int.MaxValue], Gen.Double[2, 5], Gen.Double[0, 0.5], Gen.Float[1e-4f, 2e-3f]).Sample(
            (problem, seed, depth, lambda, rate) =>
            {
                using DisposeScope scope = torch.NewDisposeScope();
                using var engine = Engine.Double(problem);
                engine.Network.Load(problem.State(seed), depth);
                double[] primary = engine.Primary, gates = engine.Gates;
                double[] before = Imbalances(problem, engine), gradient = engine.Gradient(problem.Rows);
                engine.Step(problem.Rows, new StepSettings(rate, 0, 0, lambda, depth, 0));
                double[] after = Imbalances(problem, engine);
                for (int j = 0; j < gates.Length; j++)
                {
                    // (1 − 2ηλs/D)² (‖ω‖² − γ²) + η² (Γ²‖g‖² − (Γ/γ)² ⟨g,ω⟩²)
                    ReadOnlySpan<double> g = Groups.Of(problem.Groups, gradient, j);
                    double product = Math.Pow(gates[j], depth - 1);
                    double projection = Dot(g, Groups.Of(problem.Groups, primary, j)) / gates[j];
                    double shrink = 1 - 2 * (double)rate * lambda * problem.Groups.Weights[j] / depth;
                    double expected =
                        shrink * shrink * before[j] + (double)rate * rate * product * product * (SumOfSquares(g) - projection * projection);
                    Assert.Equal(expected, after[j], 1e-13 * (1 + Math.Abs(expected)));
                }
            }, iter: 200);

    [Theory]
    [InlineData(2)]
    [InlineData(2.5)]
    [InlineData(3)]
    [InlineData(4)]
    public void ManySmallSteps_DecayTheImbalanceAtTheRate4LambdaSOverD(double depth)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        const int steps = 1_500;
        var step = new StepSettings(1f / 1024, 0, 0, 0.5, depth, 0);
        var problem = Problem.Create(new Random(5), 40, [1, 2, 1, 4], [3], LearningTask.Binary, skip: true, DGatingActivation.Tanh);
        using var engine = Engine.Double(problem);
        engine.Network.Load(problem.State(6), depth);
        double[] before = Imbalances(problem, engine);
        engine.Steps(steps, problem.Rows, step);

        double[] after = Imbalances(problem, engine);
        for (int j = 0; j < before.Length; j++)
        {
            double rate = -Math.Log(after[j] / before[j]) / (steps * (double)step.LearningRate);
            Assert.Equal(1, rate / (4 * step.Lambda * problem.Groups.Weights[j] / depth), 0.02);
        }
    }

    private static double[] Imbalances(Problem problem, Engine engine) =>
        [.. Groups.Norms(problem.Groups, engine.Primary).Zip(engine.Gates, (norm, gate) => norm * norm - gate * gate)];
}
