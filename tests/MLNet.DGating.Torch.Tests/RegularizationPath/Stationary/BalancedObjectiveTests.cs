using System.Numerics.Tensors;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.RegularizationPath.Stationary;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.RegularizationPath.Stationary;

public class BalancedObjectiveTests
{
    private static readonly Gen<(Problem Problem, double Depth, int Seed)> s_case =
        Gen.Select(Problem.Any, Gen.OneOf(Gen.Int[2, 4].Select(depth => (double)depth), Gen.Double[2, 5]), Gen.Int[0, 1000]);

    [Fact]
    public void ItsValue_IsThatOfThePenalisedObjective_AndCoordinatesLeadBackToTheNetwork() => s_case.Sample(c =>
    {
        (Problem problem, double depth, int seed) = c;
        NetworkState state = problem.State(seed).Fold(problem.Groups, depth);
        Evaluate(problem, depth, (engine, objective) =>
        {
            double[] x = objective.Coordinates(state);
            NetworkState back = objective.State(x);
            Near.Rounding(TestRuns.Values(state), TestRuns.Values(back), 1e-5);

            (double value, _) = objective.Evaluate(x);
            double[] norms = Groups.Norms(problem.Groups, [.. state.Primary.Select(weight => (double)weight)]);
            double penalty = Enumerable.Range(0, norms.Length).Sum(j => problem.Groups.Weights[j] * Math.Pow(norms[j], 2 / depth));
            double decay = state.Dense.Sum(layer => layer.Weights.Sum(weight => (double)weight * weight));
            double loss = new RowEvaluation(problem.Data, problem.Rows).Mean(engine.Network.Score(problem.Rows));
            Assert.Equal(loss + Lambda * penalty + 0.5 * Decay * decay, value, 1e-5 * Math.Max(1, value));
        });
    }, iter: 60);

    [Fact]
    public void ItsGradient_IsTheSlopeOfItsValue() => s_case.Sample(c =>
    {
        (Problem problem, double depth, int seed) = c;
        // Tanh: with kinks a difference quotient is no slope.
        problem = problem with { Settings = problem.Settings with { Activation = DGatingActivation.Tanh } };
        Evaluate(problem, depth, (_, objective) =>
        {
            double[] x = objective.Coordinates(problem.State(seed).Fold(problem.Groups, depth));
            double[] gradient = objective.Evaluate(x).Gradient;
            var random = new Random(seed);
            double[] direction = [.. x.Select(_ => (double)random.NextNormal())];
            double length = Near.Norm(direction), expected = TensorPrimitives.Dot<double>(gradient, direction) / length;
            double At(double distance) => objective.Evaluate([.. x.Zip(direction, (a, b) => a + distance * b / length)]).Value;
            Assert.Equal(expected, (At(0.01) - At(-0.01)) / 0.02, 0.01 * Math.Max(1, Near.Norm(gradient)));
        });
    }, iter: 60);

    private const double Lambda = 0.3;
    private const float Decay = 0.2f;

    private static void Evaluate(Problem problem, double depth, Action<Engine, BalancedObjective> test)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        // Batches of 5: gradients are summed over several, the last one padded.
        using var engine = Engine.OnCpu(problem, Math.Min(5, problem.Data.Rows));
        test(engine, new BalancedObjective(engine.Network, problem.Rows, new StepSettings(0, 0, Decay, Lambda, depth, 0)));
    }
}
