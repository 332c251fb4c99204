using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using TorchSharp;
using Xunit.Abstractions;

namespace MLNet.DGating.Torch.Tests.Objective;

/// <summary>Linear regression, whose optimum is known (docs/theory.md §1, §5 and §6).</summary>
public class GroupLassoTests(ITestOutputHelper output)
{
    private const int Budget = 4_000;
    private const int StepsBetweenChecks = 20;

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 2)]
    [InlineData(true, false, 1)]
    [InlineData(true, false, 3)] // Here and in the next a gate is overshot by momentum while its weight changes sign.
    [InlineData(true, false, 6)]
    [InlineData(true, true, 3)]
    public void DepthTwo_ReachesTheGroupLassoOptimum(bool correlated, bool grouped, int seed)
    {
        Problem problem = correlated ? LinearDesigns.Correlated(grouped, seed) : LinearDesigns.Orthogonal(grouped, seed);
        var regression = new LinearRegression(problem.Data);
        double lambda = 0.15 * regression.LargestLambda();
        double[] best = GroupLassoSolver.Solve(regression, lambda);
        double optimum = regression.Objective(best, regression.Bias(best), lambda, 2);

        (double[] w, double bias) = Train(problem, lambda, 2);
        double gap = (regression.Objective(w, bias, lambda, 2) - optimum) / optimum;
        double zeroGradient = regression.LargestZeroGradient(w, bias, lambda);
        output.WriteLine(
            $"gap {gap:g3}, support {Support(problem, w).Length} of {problem.Groups.Count}, largest zero gradient {zeroGradient:g4}");
        Assert.InRange(gap, -1e-12, 1e-8);
        Assert.Equal(Support(problem, best), Support(problem, w));
        Assert.InRange(Support(problem, w).Length, 1, problem.Groups.Count - 1);
        Assert.True(zeroGradient < 1);
    }

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 2)]
    [InlineData(true, true, 3)]
    public void DepthTwo_WithWeightsAndGroupsThatStay_ReachesTheirOptimum(bool correlated, bool grouped, int seed)
    {
        Problem plain = correlated ? LinearDesigns.Correlated(grouped, seed) : LinearDesigns.Orthogonal(grouped, seed);
        double lambda = (correlated ? 0.02 : 0.15) * new LinearRegression(plain.Data).LargestLambda();
        // Group 1 is noise, and stays without penalty; group 3 matters, and is penalised three times as hard as group 4, which does not.
        Problem problem = plain.With(GroupTermsOf.Some(
            plain.Groups.Count, (1, GroupTerms.Ordinary with { IsKept = true }),
            (3, GroupTerms.Ordinary with { Weight = 1.5 }), (4, GroupTerms.Ordinary with { Weight = 0.5 })));
        var regression = new LinearRegression(problem.Data);
        double[] best = GroupLassoSolver.Solve(regression, lambda);
        double optimum = regression.Objective(best, regression.Bias(best), lambda, 2);

        (double[] w, double bias) = Train(problem, lambda, 2);
        double gap = (regression.Objective(w, bias, lambda, 2) - optimum) / optimum;
        double keptGradient = regression.Norm(regression.Gradient(w, bias), 1);
        output.WriteLine(
            $"gap {gap:g3}, support {Support(problem, w).Length} of {problem.Groups.Count}, gradient of the kept group {keptGradient:g3}");
        Assert.InRange(gap, -1e-12, 1e-8);
        Assert.Equal(Support(problem, best), Support(problem, w));
        Assert.Contains(1, Support(problem, w));
        Assert.InRange(Support(problem, w).Length, 2, problem.Groups.Count - 1);
        Assert.InRange(keptGradient, 0, 1e-6);
    }

    [Theory]
    [InlineData(3, false, true, 1)]
    [InlineData(3, true, false, 3)]
    [InlineData(4, false, true, 2)]
    [InlineData(4, true, false, 6)]
    public void GreaterDepths_ReachAStationaryPointOfTheNonconvexPenalty(double depth, bool correlated, bool grouped, int seed)
    {
        Problem problem = correlated ? LinearDesigns.Correlated(grouped, seed) : LinearDesigns.Orthogonal(grouped, seed);
        var regression = new LinearRegression(problem.Data);
        double lambda = 0.1 * regression.LargestLambda();
        (double[] w, double bias) = Train(problem, lambda, depth);
        double residual = regression.StationarityResidual(w, bias, lambda, depth);
        output.WriteLine($"residual {residual:g3}, support {Support(problem, w).Length} of {problem.Groups.Count}");
        Assert.InRange(residual, 0, 1e-6);
        Assert.InRange(Support(problem, w).Length, 1, problem.Groups.Count - 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void SubgradientDescentOnTheSamePenalty_ReachesNoExactZeros_WhereDGatingDoes(double depth)
    {
        Problem problem = LinearDesigns.Orthogonal(grouped: true, 3);
        var regression = new LinearRegression(problem.Data);
        double lambda = 0.15 * regression.LargestLambda();
        (double[] gated, _) = Train(problem, lambda, depth);
        double[] direct = DescendDirectly(problem, regression, lambda, depth);
        int gatedZeros = problem.Groups.Count - Support(problem, gated).Length;
        double smallest = Enumerable.Range(0, problem.Groups.Count).Min(j => regression.Norm(direct, j));
        output.WriteLine($"exact zeros: D-Gating {gatedZeros}; smallest group of subgradient descent {smallest:g3}");
        Assert.True(gatedZeros >= 2);
        Assert.True(smallest > 1e-6);
    }

    // The engine in float64 from an ordinary start; its cut rule works in the second half.
    private static (double[] Weights, double Bias) Train(Problem problem, double lambda, double depth)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var engine = Engine.Double(problem);
        engine.Network.Load(NetworkState.Initial(problem.Shape, problem.Groups, [2], new RandomStream(1, 0)), depth);
        var step = new StepSettings(0.05f, 0.9f, 0, lambda, depth, 0);
        var rule = new CutRule(problem.Groups.Count);
        for (int i = StepsBetweenChecks; i <= Budget; i += StepsBetweenChecks)
        {
            engine.Steps(StepsBetweenChecks, problem.Rows, step);
            if (i > Budget / 2)
            {
                engine.Network.Cut([.. rule.Check(problem.Groups, engine.Network.Measure(step), lambda, depth)], depth);
            }
        }

        return (engine.Effective(depth), engine.Ungated[0]);
    }

    // w ← w − η v with v ← μ v + ∂P: the same start, steps and momentum, without the reparametrization.
    private static double[] DescendDirectly(Problem problem, LinearRegression regression, double lambda, double depth)
    {
        double[] w =
            [.. NetworkState.Initial(problem.Shape, problem.Groups, [2], new RandomStream(1, 0)).Primary.Select(value => (double)value)];
        double[] velocity = new double[w.Length];
        for (int step = 0; step < Budget; step++)
        {
            double[] gradient = regression.Gradient(w, regression.Bias(w));
            double[] before = [.. w];
            for (int j = 0; j < problem.Groups.Count; j++)
            {
                double norm = regression.Norm(before, j);
                for (int i = problem.Groups.Starts[j]; i < problem.Groups.Starts[j + 1]; i++)
                {
                    double pull =
                        norm > 0 ? lambda * problem.Groups.Weights[j] * (2 / depth) * Math.Pow(norm, 2 / depth - 2) * before[i] : 0;
                    velocity[i] = 0.9 * velocity[i] + gradient[i] + pull;
                    w[i] -= 0.05 * velocity[i];
                }
            }
        }

        return w;
    }

    private static int[] Support(Problem problem, double[] w) =>
        [.. Enumerable.Range(0, problem.Groups.Count).Where(j => Near.Norm(Groups.Of(problem.Groups, w, j)) > 0)];
}
