using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>The closed forms against libtorch's automatic differentiation, in float64 (docs/theory.md §2).</summary>
public class GradientTests
{
    // So short a step never takes half of a gate, where the engine would stop it.
    private const float Rate = 1f / 1024;

    private static readonly Gen<(double Depth, double Lambda)> s_penalty =
        Gen.Select(Gen.OneOf(Gen.Int[2, 5].Select(depth => (double)depth), Gen.Double[2, 5]), Gen.Double[0, 0.5]);

    [Fact]
    public void Gradient_WithTheChainRule_EqualsAutograd() =>
        Gen.Select(Problem.Any, Gen.Int[0, int.MaxValue], s_penalty).Sample((problem, seed, penalty) =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            NetworkState state = problem.State(seed);
            using var engine = Engine.Double(problem);
            engine.Network.Load(state, penalty.Depth);
            (double[] byPrimary, double[] byGate) = ChainRule(problem, engine, penalty.Depth, penalty.Lambda);

            using var reference = new AutogradNetwork(problem, state);
            double[] expected = reference.Gradients(new StepSettings(0, 0, 0, penalty.Lambda, penalty.Depth, 0));
            Near.Relative(expected.AsSpan(0, byPrimary.Length), byPrimary, 1e-10);
            Near.Relative(expected.AsSpan(byPrimary.Length, byGate.Length), byGate, 1e-10);
        }, iter: 200);

    [Fact]
    public void Step_WithoutMomentum_MovesEveryParameterByMinusEtaTimesAutogradsGradientOfF() =>
        Gen.Select(Problem.Any, Gen.Int[0, int.MaxValue], s_penalty).Sample((problem, seed, penalty) =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            NetworkState state = problem.State(seed);
            var step = new StepSettings(Rate, 0, 0.25f, penalty.Lambda, penalty.Depth, 0);
            using var engine = Engine.Double(problem);
            engine.Network.Load(state, penalty.Depth);
            double[] before = engine.Parameters;
            engine.Step(problem.Rows, step);
            double[] after = engine.Parameters;

            using var reference = new AutogradNetwork(problem, state);
            double[] moved = [.. after.Zip(before, (now, then) => (now - then) / -Rate)];
            double[] expected = reference.Gradients(step);
            Near.Relative(expected, moved, 1e-10);
        }, iter: 200);

    [Fact]
    public void Step_Ungated_DecaysEveryWeightAndLeavesTheGates() =>
        Gen.Select(Problem.Any, Gen.Int[0, int.MaxValue]).Sample((problem, seed) =>
        {
            using DisposeScope scope = torch.NewDisposeScope();
            NetworkState state = problem.State(seed).Fold(problem.Groups, 3);
            var step = new StepSettings(Rate, 0, 0.25f, 0, StepSettings.Ungated, 0);
            using var engine = Engine.Double(problem);
            engine.Network.Load(state, StepSettings.Ungated);
            double[] before = engine.Parameters;
            engine.Step(problem.Rows, step);
            double[] after = engine.Parameters;

            using var reference = new AutogradNetwork(problem, state);
            double[] expected = reference.Gradients(step);
            for (int i = 0; i < state.Primary.Length; i++)
            {
                expected[i] += 0.25 * state.Primary[i];
            }

            Array.Clear(expected, state.Primary.Length, state.Gates.Length);
            Near.Relative(expected, [.. after.Zip(before, (now, then) => (now - then) / -Rate)], 1e-10);
        }, iter: 100);

    // g, Γ_j and c = 2λ s_j / D give ∂F/∂ω = Γ g + c ω and ∂F/∂γ = (Γ/γ) ⟨g, ω⟩ + c γ.
    private static (double[] ByPrimary, double[] ByGate) ChainRule(Problem problem, Engine engine, double depth, double lambda)
    {
        GroupLayout groups = problem.Groups;
        double[] primary = engine.Primary, gates = engine.Gates, gradient = engine.Gradient(problem.Rows);
        int width = primary.Length / groups.Columns;
        double[] byPrimary = new double[primary.Length];
        double[] byGate = new double[gates.Length];
        for (int j = 0; j < groups.Count; j++)
        {
            double product = Math.Pow(gates[j], depth - 1), decay = 2 * lambda * groups.Weights[j] / depth;
            byGate[j] = decay * gates[j];
            for (int i = groups.Starts[j] * width; i < groups.Starts[j + 1] * width; i++)
            {
                byPrimary[i] = product * gradient[i] + decay * primary[i];
                byGate[j] += product / gates[j] * gradient[i] * primary[i];
            }
        }

        return (byPrimary, byGate);
    }
}
