using System.Numerics.Tensors;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Objective;

/// <summary>The smooth penalty lies above the one it stands for, and touches it where groups are balanced (docs/theory.md §1).</summary>
/// <remarks>The loss is the same in both.</remarks>
public class ObjectiveTests
{
    private static readonly Gen<double> s_depth = Gen.OneOf(Gen.Int[2, 5].Select(depth => (double)depth), Gen.Double[2, 5]);

    [Fact]
    public void SmoothPenalty_OfRandomParameters_IsAtLeastThePenaltyOfTheirProduct() =>
        Gen.Select(Problem.Any, Gen.Int[0, int.MaxValue], s_depth).Sample((problem, seed, depth) =>
        {
            (double smooth, double penalty) = Penalties(problem, problem.State(seed), depth);
            Assert.True(smooth >= penalty * (1 - 1e-12), $"{smooth} < {penalty}");
        }, iter: 200);

    [Fact]
    public void SmoothPenalty_OfBalancedParameters_EqualsThePenaltyOfTheirProduct() =>
        Gen.Select(Problem.Any, Gen.Int[0, int.MaxValue], s_depth).Sample((problem, seed, depth) =>
        {
            NetworkState state = problem.State(seed);
            GroupLayout groups = problem.Groups;
            int width = problem.Shape.GatedWidth;
            float[] balanced = [.. Enumerable.Range(0, groups.Count)
                .Select(j => TensorPrimitives.Norm<float>(state.Primary.AsSpan(groups.Starts[j] * width, groups.Size(j) * width)))];
            (double smooth, double penalty) = Penalties(problem, state with { Gates = balanced }, depth);
            Assert.Equal(1, smooth / penalty, 1e-6);
        }, iter: 200);

    // Σ s (‖ω‖² + (D−1) γ²) / D of the parameters, and Σ s ‖w‖^(2/D) of the weights the engine composes of them.
    private static (double Smooth, double Penalty) Penalties(Problem problem, NetworkState state, double depth)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var engine = Engine.Double(problem);
        engine.Network.Load(state, depth);
        double[] gates = engine.Gates;
        double[] primary = Groups.Norms(problem.Groups, engine.Primary), effective = Groups.Norms(problem.Groups, engine.Effective(depth));
        double smooth = 0, penalty = 0;
        for (int j = 0; j < gates.Length; j++)
        {
            smooth += problem.Groups.Weights[j] * (primary[j] * primary[j] + (depth - 1) * gates[j] * gates[j]) / depth;
            penalty += problem.Groups.Weights[j] * Math.Pow(effective[j], 2 / depth);
        }

        return (smooth, penalty);
    }
}
