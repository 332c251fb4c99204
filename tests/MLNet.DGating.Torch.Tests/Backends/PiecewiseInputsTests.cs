using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Tests.Backends.Cpu;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends;

/// <summary>Networks that read ramps from tables of edges train as if all columns were there (docs/theory.md §19).</summary>
public class PiecewiseInputsTests
{
    private const float Rate = 1f / 1024;

    private static readonly Gen<(PiecewiseProblem Problem, StepSettings Step, int Seed)> s_case =
        from problem in PiecewiseProblem.Any
        from depth in Gen.OneOf(Gen.Const(StepSettings.Ungated), Gen.Int[2, 4].Select(depth => (double)depth), Gen.Double[2, 4])
        from momentum in Gen.Float[0, 0.9f]
        from seed in Gen.Int[0, int.MaxValue]
        select (problem, new StepSettings(Rate, momentum, 0.01f, depth == StepSettings.Ungated ? 0 : 0.05, depth, 0), seed);

    [Fact]
    public void Scores_AreThoseOfTheColumns() => s_case.Sample(each =>
    {
        (PiecewiseProblem problem, StepSettings step, int seed) = each;
        using var tables = Engine.OnCpu(problem.Encoded, problem.Encoded.Data.Rows, problem.Rows());
        using var batched = Engine.Double(problem.Columns);
        NetworkState state = problem.Encoded.State(seed);
        tables.Network.Load(state, step.GateDepth);
        batched.Network.Load(state, step.GateDepth);
        float[] actual = tables.Network.Score(problem.Encoded.Rows);
        Assert.Equal(problem.Encoded.Data.Rows * problem.Encoded.Shape.Outputs, actual.Length);
        if (problem.Encoded.Shape.HasHidden)
        {
            Near.Rounding(batched.Network.Score(problem.Encoded.Rows), actual, 2e-5);
        }
    }, iter: 100);

    [Fact]
    public void AStep_MovesEveryParameterByMinusEtaTimesAutogradsGradient_WithTheFactorsOfTheAdditivePart() => s_case.Sample(each =>
    {
        (PiecewiseProblem problem, StepSettings step, int seed) = each;
        using DisposeScope scope = torch.NewDisposeScope();
        NetworkState state = problem.Encoded.State(seed);
        state = step.IsGated ? state : state.Fold(problem.Encoded.Groups, 3);
        using var engine = Engine.OnCpu(problem.Encoded, problem.Encoded.Data.Rows, problem.Rows());
        engine.Network.Load(state, step.GateDepth);
        double[] before = engine.Parameters;
        engine.Step(problem.Encoded.Rows, step with { Momentum = 0 });
        double[] after = engine.Parameters;
        using var reference = new AutogradNetwork(problem.Columns, state);
        double[] expected = reference.Gradients(step);
        if (!step.IsGated)
        {
            int gate = state.Primary.Length;
            Array.Clear(expected, gate, state.Gates.Length);
            Decay(expected, state.Primary, step.Decay);
        }

        // Parameters of a size of 1 are rounded to 6e-8, of which 1 / η makes 6e-5.
        Near.Relative(
            [.. expected.Append(1)], [.. after.Zip(before, (now, then) => (now - then) / -Rate).Append(1)],
            1e-3 * Math.Sqrt(1 + expected.Length / 100.0));
    }, iter: 200);

    [Fact]
    public void BothBackends_TrainAlike_WithCutsAndGroupsTakenOut() => s_case
        .Where(each => each.Problem.Encoded.Shape.HasHidden).Sample(each =>
    {
        (PiecewiseProblem problem, StepSettings step, int seed) = each;
        using DisposeScope scope = torch.NewDisposeScope();
        int batchRows = Math.Max(1, (problem.Encoded.Data.Rows + 1) / 2);
        using var cpu = Engine.OnCpu(problem.Encoded, batchRows, problem.Rows());
        using var batched = Engine.Batched(problem.Encoded, torch.ScalarType.Float64, batchRows, problem.Rows());
        List<float[]> expected = TrainingWithACut.Run(batched, problem.Encoded, step, batchRows, seed);
        List<float[]> actual = TrainingWithACut.Run(cpu, problem.Encoded, step, batchRows, seed);
        for (int i = 0; i < expected.Count; i++)
        {
            Near.Rounding(expected[i], actual[i], 2e-4);
        }

        Assert.Equal(cpu.Network.Groups.Columns * problem.Encoded.Shape.GatedWidth, cpu.Primary.Length);
        Assert.Equal(cpu.Network.Groups.SkipFactors, batched.Network.Groups.SkipFactors);
    }, iter: 100);

    [Fact]
    public void TheLayoutOfSomeGroups_HasTheFactorsOfTheirColumns() => s_case.Sample(each =>
    {
        GroupLayout groups = each.Problem.Encoded.Groups;
        int[] some = [.. Enumerable.Range(0, groups.Count).Where(group => (group + each.Seed) % 2 == 0)];
        Assert.Equal(groups.ColumnsOf(some).Select(column => groups.SkipFactors[column]), groups.Select(some).SkipFactors);
    }, iter: 20);

    private static void Decay(double[] gradient, float[] primary, float decay)
    {
        for (int i = 0; i < primary.Length; i++)
        {
            gradient[i] += decay * primary[i];
        }
    }
}
