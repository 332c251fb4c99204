using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Randomness;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>Steps that leave out hidden neurons, against automatic differentiation with the same masks.</summary>
public class DropoutTests
{
    private const float Rate = 1f / 1024;

    private static readonly Gen<(Problem Problem, float Dropout, int Seed)> s_case = Gen
        .Select(Problem.Any, Gen.Float[0.1f, 0.8f], Gen.Int[0, int.MaxValue])
        .Where(each => each.Item1.Shape.HasHidden);

    [Fact]
    public void AStep_FollowsTheGradientOfTheMaskedNetwork() => s_case.Sample((problem, dropout, seed) =>
    {
        using DisposeScope scope = torch.NewDisposeScope();
        NetworkState state = problem.State(seed);
        StepSettings step = new StepSettings(Rate, 0, 0.01f, 0.05, 3, 0) with { Dropout = dropout };
        using var engine = Engine.OnCpu(problem, problem.Data.Rows);
        engine.Network.Load(state, step.GateDepth);
        double[] before = engine.Parameters;
        engine.Step(problem.Rows, step);
        double[] after = engine.Parameters;
        using var reference = new AutogradNetwork(problem, state) { Masks = Masks(problem, dropout) };
        double[] expected = reference.Gradients(step);
        Near.Relative(
            [.. expected.Append(1)], [.. after.Zip(before, (now, then) => (now - then) / -Rate).Append(1)],
            1e-3 * Math.Sqrt(1 + expected.Length / 100.0));
    }, iter: 200);

    [Fact]
    public void Scores_LeaveNothingOut() => s_case.Sample((problem, dropout, seed) =>
    {
        using var with = Engine.OnCpu(problem, problem.Data.Rows);
        using var without = Engine.OnCpu(problem, problem.Data.Rows);
        with.Network.Load(problem.State(seed), 3);
        without.Network.Load(problem.State(seed), 3);
        // A step of size 0 fills the masks.
        with.Step(problem.Rows, new StepSettings(0, 0, 0, 0, 3, 0) with { Dropout = dropout });
        Assert.Equal(without.Network.Score(problem.Rows), with.Network.Score(problem.Rows));
    }, iter: 50);

    // The masks that the engine draws first from its stream: they are seeded behind the input noise.
    private static float[][] Masks(Problem problem, float dropout)
    {
        var random = new RandomStream(1, 0);
        _ = new NormalNoise(random);
        var mask = new DropoutMask(random);
        return [.. problem.Shape.Hidden.Select(neurons =>
        {
            float[] factors = new float[problem.Data.Rows * neurons];
            mask.Fill(factors, dropout);
            return factors;
        })];
    }
}
