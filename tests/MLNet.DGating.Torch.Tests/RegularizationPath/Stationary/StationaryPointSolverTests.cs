using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.RegularizationPath.Stationary;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.Objective;
using Xunit.Abstractions;

namespace MLNet.DGating.Torch.Tests.RegularizationPath.Stationary;

/// <summary>Where a whole fit at a fixed λ ends, and what its certificate says of it (docs/theory.md §5).</summary>
public class StationaryPointSolverTests(ITestOutputHelper output)
{
    private const double Stationary = 1e-3;

    [Theory]
    [InlineData(false, false, 1)]
    [InlineData(false, true, 2)]
    [InlineData(true, false, 3)]
    [InlineData(true, false, 6)]
    [InlineData(true, true, 3)]
    public void DepthTwo_OfALinearModel_IsCertifiedAsTheGroupLassoOptimum(bool correlated, bool grouped, int seed)
    {
        TrainingSet data = Standardized(correlated ? LinearDesigns.Correlated(grouped, seed) : LinearDesigns.Orthogonal(grouped, seed));
        var regression = new LinearRegression(data);
        double lambda = 0.15 * regression.LargestLambda();
        double[] best = GroupLassoSolver.Solve(regression, lambda);

        PathResult path = TestRuns.Certified(data, OfDepth(2), lambda);
        (double[] w, double bias) = Weights(data, path.Snapshots.Single());
        StationarityCertificate certificate = path.Certificate!;
        double optimum = regression.Objective(best, regression.Bias(best), lambda, 2);
        double gap = (regression.Objective(w, bias, lambda, 2) - optimum) / optimum;
        output.WriteLine($"{certificate}, gap {gap:g3}");
        Assert.InRange(certificate.ActiveResidual, 0, Stationary);
        Assert.InRange(certificate.ZeroGroupRatio, 0, 1 + Stationary);
        Assert.InRange(gap, -1e-6, 1e-6);
        Assert.Equal(Enumerable.Range(0, data.Groups.Count).Where(j => regression.Norm(best, j) > 0), path.Snapshots.Single().Groups);
        // The certificate is what the book says of the same weights.
        Assert.Equal(regression.StationarityResidual(w, bias, lambda, 2), certificate.ActiveResidual, 1e-4);
        Assert.Equal(regression.LargestZeroGradient(w, bias, lambda), certificate.ZeroGroupRatio, 1e-4);
    }

    [Theory]
    [InlineData(3, false, true, 1)]
    [InlineData(3, true, false, 3)]
    [InlineData(3.5, true, true, 3)]
    [InlineData(4, false, true, 2)]
    [InlineData(4, true, false, 6)]
    public void GreaterDepths_OfALinearModel_AreCertifiedAsStationary(double depth, bool correlated, bool grouped, int seed)
    {
        TrainingSet data = Standardized(correlated ? LinearDesigns.Correlated(grouped, seed) : LinearDesigns.Orthogonal(grouped, seed));
        var regression = new LinearRegression(data);
        double lambda = 0.1 * regression.LargestLambda();
        PathResult path = TestRuns.Certified(data, OfDepth(depth), lambda);
        (double[] w, double bias) = Weights(data, path.Snapshots.Single());
        output.WriteLine($"{path.Certificate}");
        Assert.InRange(path.Certificate!.ActiveResidual, 0, Stationary);
        Assert.Equal(double.NaN, path.Certificate.ZeroGroupRatio);
        Assert.InRange(path.Certificate.ActiveGroups, 1, data.Groups.Count - 1);
        Assert.Equal(regression.StationarityResidual(w, bias, lambda, depth), path.Certificate.ActiveResidual, 1e-4);
    }

    [Fact]
    public void DepthTwo_GroupsThatLeftTooSoon_ComeBack_AndWhatLeftIsTold()
    {
        TrainingSet data = Standardized(LinearDesigns.Correlated(grouped: true, 3));
        int[] rows = TestRuns.All(data);
        double lambda = 0.15 * new LinearRegression(data).LargestLambda();
        PathResult path = TestRuns.Certified(data, OfDepth(2), lambda), uncertified = TestRuns.FollowToLambda(data, OfDepth(2), lambda);
        // As if the path had ended with nothing left.
        PathResult ending = uncertified with { Snapshots = [new PathSnapshot([], new NetworkState([], [], [0], []))] };
        var solver = new StationaryPointSolver(
            data, data.EncodedBy(rows), rows, [], lambda, OfDepth(2).Training, CpuScope.Instance, new RandomStream(1, 1),
            RunContext.Silent);
        PathResult returned = solver.Run(ending);
        Assert.Equal(path.Snapshots.Single().Groups, returned.Snapshots.Single().Groups);
        Assert.InRange(returned.Certificate!.ZeroGroupRatio, 0, 1 + Stationary);
        Near.Rounding(path.Snapshots.Single().State.Primary, returned.Snapshots.Single().State.Primary, 1e-3);

        Assert.Equal((lambda, returned.Certificate.ActiveGroups), (returned.Points[^1].Lambda, returned.Points[^1].Count));
        Assert.All(Enumerable.Range(0, data.Groups.Count), group =>
            Assert.Equal(returned.Snapshots.Single().Groups.Contains(group), double.IsPositiveInfinity(returned.LambdaOut[group])));
    }

    [Fact]
    public void ASmoothNetwork_IsCertifiedToo_AndHeldOutRowsAreEvaluatedAgain()
    {
        TrainingSet data = Planted.Classes(1, 240, 8);
        FitSettings settings = TestRuns.Small.With(training => training with { Activation = DGatingActivation.Tanh });
        PathResult path = TestRuns.Certified(data, settings, lambda: 0.02, heldOut: [.. Enumerable.Range(0, 40)]);
        output.WriteLine($"{path.Certificate}");
        Assert.InRange(path.Certificate!.ActiveResidual, 0, Stationary);
        Assert.Equal(8, path.Certificate.ActiveGroups + path.Certificate.ZeroGroups);
        Assert.True(double.IsFinite(path.Points[^1].HeldOutLoss));
    }

    [Fact]
    public void ExampleWeights_CountInTheCertificate()
    {
        TrainingSet plain = Standardized(LinearDesigns.Orthogonal(grouped: false, 1));
        int[] repeated = [.. Enumerable.Range(0, plain.Rows).SelectMany(row => Enumerable.Repeat(row, 1 + row % 3))];
        TrainingSet weighted = plain with { Weights = [.. Enumerable.Range(0, plain.Rows).Select(row => 1f + row % 3)] };
        TrainingSet longer = plain.Take(repeated);
        double lambda = 0.2 * new LinearRegression(longer).LargestLambda();
        PathResult byWeight = TestRuns.Certified(weighted, OfDepth(2), lambda);
        PathResult byRepetition = TestRuns.Certified(longer, OfDepth(2), lambda);
        Assert.Equal(byRepetition.Snapshots.Single().Groups, byWeight.Snapshots.Single().Groups);
        Assert.Equal(byRepetition.Certificate!.ZeroGroupRatio, byWeight.Certificate!.ZeroGroupRatio, 1e-3);
        Assert.InRange(byWeight.Certificate.ActiveResidual, 0, Stationary);
    }

    [Fact]
    public void TheCertificateIsOfTheFitThatAskedForIt_AndOfNoOther()
    {
        TrainingSet data = Standardized(LinearDesigns.Orthogonal(grouped: true, 2));
        double lambda = 0.15 * new LinearRegression(data).LargestLambda();
        FitSettings asked = OfDepth(2).AtLambda(lambda, isCertified: true);
        FitResult certified = TestRuns.Fit(data, asked), plain = TestRuns.Fit(data, OfDepth(2).AtLambda(lambda));
        Assert.Equal(certified.Groups.Length, certified.Certificate!.ActiveGroups);
        Assert.Equal(
            certified.Groups, Enumerable.Range(0, data.Groups.Count).Where(group => double.IsPositiveInfinity(certified.LambdaOut[group])));
        Assert.Null(plain.Certificate);
        Assert.Equal(TestRuns.Values(certified.State), TestRuns.Values(TestRuns.Fit(data, asked, TestRuns.OnThreads(2)).State));
    }

    [Fact]
    public void Cancellation_StopsTheSolver()
    {
        TrainingSet data = Standardized(LinearDesigns.Correlated(grouped: false, 3));
        using var source = new CancellationTokenSource();
        int ofSolver = 0;
        RunContext context = RunContext.Silent with
        {
            Progress = progress =>
            {
                if (progress.Phase == DGatingPhase.StationaryPoint)
                {
                    ofSolver++;
                    source.Cancel();
                }
            },
            CheckAlive = source.Token.ThrowIfCancellationRequested,
        };
        Assert.Throws<OperationCanceledException>(() => TestRuns.Fit(data, OfDepth(3).AtLambda(0.1, isCertified: true), context: context));
        Assert.Equal(1, ofSolver);
    }

    private static FitSettings OfDepth(double depth) => TestRuns.Linear.With(training => training with { GateDepth = depth });

    // As the engine sees it, so that the book can be asked about the same numbers.
    private static TrainingSet Standardized(Problem problem) =>
        problem.Data with { Features = RandomData.Encoded(problem.Data.EncodedBy(problem.Rows)) };

    private static (double[] Weights, double Bias) Weights(TrainingSet data, PathSnapshot snapshot) =>
        ([.. snapshot.State.Spread(data.Groups, snapshot.Groups).Primary.Select(value => (double)value)], snapshot.State.GatedBias[0]);
}
