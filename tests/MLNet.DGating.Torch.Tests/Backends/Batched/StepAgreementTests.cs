using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Batched;

/// <summary>What networks of both backends do from the same parameters with the same rows, in float32, part by part.</summary>
public class StepAgreementTests
{
    private const double Rounding = 4e-6;

    private static readonly Gen<(Problem Problem, double Depth, float Momentum, int Seed)> s_case =
        from problem in Problem.Any
        from depth in Gen.OneOf(Gen.Const(StepSettings.Ungated), Gen.Int[2, 5].Select(depth => (double)depth), Gen.Double[2, 5])
        from momentum in Gen.Float[0, 0.95f]
        from seed in Gen.Int[0, int.MaxValue]
        select (problem.With(GroupTermsOf.Random(problem.Groups.Count, new Random(seed))), depth, momentum, seed);

    [Fact]
    public void Scores_Agree() => Agree(iterations: 150, (engine, _, problem, _) => [engine.Network.Score(problem.Rows)]);

    [Fact]
    public void Gradients_Agree_WithPadding() => Agree(iterations: 150, (engine, _, problem, _) =>
    {
        (double loss, double[][] gradients) = engine.Network.Gradient([.. problem.Rows, -1, -1]);
        return [[(float)(loss / problem.Data.Rows)], .. gradients.Select(Single)];
    }, padding: 2);

    [Fact]
    public void TwoSteps_MoveEveryParameterAlike_AndGroupsAreMeasuredAlike() => Agree(iterations: 300, (engine, step, problem, random) =>
    {
        engine.Step(problem.Rows, step);
        engine.Step(problem.Rows, step);
        GroupMeasures measures = engine.Network.Measure(step);
        double[] gates = engine.Gates;
        Assert.All(Enumerable.Range(0, gates.Length).Where(problem.Groups.IsKept), j => Assert.Equal(1, gates[j]));
        return
        [
            Single(engine.Primary), Single(gates), Single(engine.Ungated), Single(engine.Effective(step.GateDepth)), measures.Norms,
            [.. measures.GradientNorms.Zip(gates, (norm, gate) => norm * (float)Math.Pow(gate, step.GateDepth - 1))],
        ];
    });

    [Fact]
    public void ClosedGroups_AreZeroForEver_AndTheOthersMoveAlike() => Agree(iterations: 150, (engine, step, problem, random) =>
    {
        int[] closed = [.. Enumerable.Range(0, problem.Groups.Count).Where(j => !problem.Groups.IsKept(j) && random.Next(2) == 0)];
        engine.Step(problem.Rows, step);
        engine.Network.Cut(closed, step.GateDepth);
        engine.Step(problem.Rows, step);
        double[] effective = engine.Effective(step.GateDepth);
        Assert.All(closed, j => Assert.Equal(0, Near.Norm(Groups.Of(problem.Groups, effective, j))));
        return [Single(effective), Single(engine.Gates), Single(engine.Ungated)];
    }, gatedOnly: true);

    private static void Agree(
        int iterations, Func<Engine, StepSettings, Problem, Random, List<float[]>> run, int padding = 0, bool gatedOnly = false) =>
        s_case.Sample(each =>
        {
            double depth = gatedOnly ? Math.Max(2, each.Depth) : each.Depth;
            var step = new StepSettings(0.01f, each.Momentum, 0.1f, 0.2, depth, 0);
            using DisposeScope scope = torch.NewDisposeScope();
            int rows = each.Problem.Data.Rows + padding;
            using Engine cpu = Engine.OnCpu(each.Problem, rows), batched = Engine.Batched(each.Problem, torch.ScalarType.Float32, rows);
            List<float[]> Results(Engine engine)
            {
                engine.Network.Load(each.Problem.State(each.Seed), depth);
                return run(engine, step, each.Problem, new Random(each.Seed));
            }

            foreach ((float[] expected, float[] actual) in Results(batched).Zip(Results(cpu)))
            {
                Near.Rounding(expected, actual, Rounding);
            }
        }, iter: iterations);

    private static float[] Single(double[] values) => Array.ConvertAll(values, value => (float)value);
}
