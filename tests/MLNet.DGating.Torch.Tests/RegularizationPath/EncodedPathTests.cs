using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Batched;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.RegularizationPath.Stationary;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.Objective;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>Paths over groups of inputs that become several columns each.</summary>
/// <remarks>Cuts, compaction, refit and certificate are about inputs.</remarks>
public class EncodedPathTests
{
    private static readonly int[] s_sizes = [1, 2, 1, 3, 1, 1, 2, 1];
    private static readonly int[] s_planted = [1, 4];
    private static readonly InputEncoding s_encoding = RandomEncodings.PiecewiseLinear(s_sizes.Sum(), new Random(5));
    private static readonly TrainingSet s_data = Linear(seed: 3, rows: 300);
    private static readonly int[] s_rows = TestRuns.All(s_data);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APath_FindsThePlantedGroups_AndItsSnapshotsHaveTheColumnsOfTheirInputs(bool isLinear)
    {
        TrainingSettings settings = (isLinear ? TestRuns.Linear : TestRuns.Small).Training;
        using var runs = new BatchedRuns(torch.ScalarType.Float64, torch.CPU);
        var stop = new StopRule.AtCounts([8, 5, 2]);
        PathResult onCpu = Follow(settings, CpuScope.Instance, stop), batched = Follow(settings, BatchedScope.Root(runs), stop);
        Assert.Equal(s_planted, onCpu.Snapshots[^1].Groups);
        Assert.Equal(onCpu.Ranking.Take(2).Order(), batched.Ranking.Take(2).Order());
        foreach ((PathSnapshot snapshot, PathSnapshot other) in onCpu.Snapshots.Zip(batched.Snapshots))
        {
            int columns = s_data.Groups.InputsOf(snapshot.Groups).Sum(s_encoding.ColumnCount);
            Assert.Equal(columns * settings.ShapeFor(s_data.Task).GatedWidth, snapshot.State.Primary.Length);
            Assert.Equal(snapshot.Groups.Length, other.Groups.Length);
        }
    }

    [Fact]
    public void ARefit_HasTheInputsOfItsGroupsAlone_AndIsTheSameOnBothBackends()
    {
        TrainingSettings settings = TestRuns.Small.Training;
        using var runs = new BatchedRuns(torch.ScalarType.Float64, torch.CPU);
        PathSnapshot snapshot = Follow(settings, CpuScope.Instance, StopRule.AtCount(2)).Snapshots[0];
        RefitResult onCpu = Refit(s_data, CpuScope.Instance), batched = Refit(s_data, BatchedScope.Root(runs));
        Near.Rounding(TestRuns.Values(batched.State), TestRuns.Values(onCpu.State), 1e-4);
        Assert.True(onCpu.HeldOutMetric > 0.9, $"R² {onCpu.HeldOutMetric}");
        Assert.Equal(batched.HeldOutMetric, onCpu.HeldOutMetric, 1e-3);

        // Whatever stands in the other inputs.
        HashSet<int> inputs = [.. s_data.Groups.InputsOf(snapshot.Groups)];
        DesignMatrix shaken = RandomData.Matrix(
            s_data.Rows, s_data.Groups.Inputs, (row, input) => inputs.Contains(input) ? s_data.Features.Row(row)[input] : row - input);
        Assert.Equal(TestRuns.Values(onCpu.State), TestRuns.Values(Refit(s_data with { Features = shaken }, CpuScope.Instance).State));

        RefitResult Refit(TrainingSet data, RunScope scope) =>
            new RefitRun(data, new FeatureRows(data.Features, s_encoding), s_rows, s_rows, settings, RunContext.Silent)
                .Run(snapshot.Groups, snapshot.State, scope, first: 0, end: null, round => new RandomStream(1, round));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void TheCertificate_IsWhatTheBookSaysOfTheColumns(double depth)
    {
        TrainingSettings settings = TestRuns.Linear.Training with { GateDepth = depth, NumberOfHoldIterations = 20 };
        var features = new FeatureRows(s_data.Features, s_encoding);
        var regression = new LinearRegression(s_data with { Features = RandomData.Encoded(features) });
        double lambda = 0.1 * regression.LargestLambda();
        PathResult path = Follow(settings, CpuScope.Instance, new StopRule.AtLambda(lambda));
        path = new StationaryPointSolver(
            s_data, features, s_rows, [], lambda, settings, CpuScope.Instance, new RandomStream(1, 1), RunContext.Silent).Run(path);
        PathSnapshot end = path.Snapshots.Single();
        double[] w = [.. end.State.Spread(s_data.Groups, end.Groups).Primary.Select(value => (double)value)];
        double bias = end.State.GatedBias[0];
        Assert.InRange(path.Certificate!.ActiveResidual, 0, 1e-3);
        Assert.InRange(path.Certificate.ActiveGroups, 1, s_sizes.Length - 1);
        Assert.Equal(regression.StationarityResidual(w, bias, lambda, depth), path.Certificate.ActiveResidual, 2e-4);
        if (depth == 2)
        {
            Assert.Equal(regression.LargestZeroGradient(w, bias, lambda), path.Certificate.ZeroGroupRatio, 2e-4);
            double[] best = GroupLassoSolver.Solve(regression, lambda);
            double optimum = regression.Objective(best, regression.Bias(best), lambda, 2);
            Assert.InRange((regression.Objective(w, bias, lambda, 2) - optimum) / optimum, -1e-6, 1e-6);
        }
    }

    private static PathResult Follow(TrainingSettings settings, RunScope scope, StopRule stop)
    {
        var random = new RandomStream(1, 1);
        var start = NetworkState.Initial(settings.ShapeFor(s_data.Task), s_data.Groups, s_data.NullModelScores(s_rows), random);
        var schedule = new BatchSchedule(s_rows, settings.BatchSize, settings.MaximumStepsPerIteration, random);
        var features = new FeatureRows(s_data.Features, s_encoding);
        using INetwork network = scope.Create(new NetworkRequest(s_data, features, s_rows, schedule.BatchRows, settings, random));
        network.Load(start, settings.GateDepth);
        var active = new ActiveSet(s_data.Groups.Count);
        var recorder = new PathRecorder(active, new RowEvaluation(s_data, s_rows), PathRecords.None);
        return new PathRun(
            network, schedule, settings, noise: 0, s_data.Task.Loss.NullModelLoss, active, recorder, RunContext.Silent).Follow(stop);
    }

    // A label that is linear in the columns of the planted groups' inputs.
    private static TrainingSet Linear(int seed, int rows)
    {
        var random = new Random(seed);
        GroupLayout groups = GroupLayout.FromSizes(s_sizes).Encoded(s_encoding);
        DesignMatrix inputs = RandomData.NormalMatrix(random, rows, groups.Inputs);
        DesignMatrix columns = RandomData.Encoded(new FeatureRows(inputs, s_encoding));
        int[] planted = groups.ColumnsOf(s_planted);
        float[] slopes = [.. planted.Select(_ => random.Next(2) == 0 ? 2f : -2)];
        float[] targets = [.. Enumerable.Range(0, rows).Select(row =>
            planted.Zip(slopes, (column, slope) => slope * columns.Row(row)[column]).Sum() + 0.1f * random.NextNormal())];
        return new TrainingSet(inputs, targets, null, groups, LearningTask.Regression);
    }
}
