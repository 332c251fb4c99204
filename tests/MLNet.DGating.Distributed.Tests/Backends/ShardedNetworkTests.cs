using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Tests.Support;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Backends.Sharded;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Distributed.Tests.Backends;

/// <summary>A network on the shards of several ranks, beside one on all rows in one process.</summary>
public class ShardedNetworkTests
{
    private const int Rows = 31, Columns = 4, Ranks = 3;
    private static readonly TrainingSettings s_settings = new() { HiddenLayers = [5] };
    private static readonly int[] s_all = [.. Enumerable.Range(0, Rows)];
    private static readonly int[] s_counts = [9, 0, 22];

    [Fact]
    public void StepsWithSummedGradients_AreThoseOfOneProcess()
    {
        float[] alone = Trained(CpuScope.Instance, Data(own: null), steps: 6);
        Assert.All(OnRanks(areAlike: false, data => Trained(new ShardedScope(() => false), data, steps: 6)), trained =>
            AssertNear(alone, trained, 1e-4));
    }

    [Fact]
    public void AveragedParameters_AreTheSameOnAllRanks_AndNearThoseOfOneProcess()
    {
        float[] alone = Trained(CpuScope.Instance, Data(own: null), steps: 2);
        float[][] trained = OnRanks(areAlike: true, data => Trained(new ShardedScope(() => false), data, steps: 2));
        Assert.All(trained, each => Assert.Equal(trained[0], each));
        Assert.NotEqual(alone, trained[0]);
        AssertNear(alone, trained[0], 0.05);
    }

    [Fact]
    public void GradientsAndScores_AreOfTheRowsOfAllRanks()
    {
        (double[] Gradient, float[] Scores) alone = Measured(CpuScope.Instance, Data(own: null));
        Assert.All(OnRanks(areAlike: false, data => Measured(new ShardedScope(() => false), data)), measured =>
        {
            AssertNear([.. alone.Gradient.Select(value => (float)value)], [.. measured.Gradient.Select(value => (float)value)], 1e-5);
            AssertNear(alone.Scores, measured.Scores, 1e-6);
        });
    }

    [Fact]
    public void ARankThatIsToStop_StopsAll() => Assert.All(
        OnRanks(areAlike: false, data =>
        {
            int rank = data.Shards!.Ranks.Rank;
            return Record.Exception(() => Trained(new ShardedScope(() => rank == 1), data, steps: 1));
        }),
        error => Assert.IsType<OperationCanceledException>(error));

    [Theory]
    [InlineData(Columns, 31, true, false)]
    [InlineData(Columns, 31, false, true)]
    [InlineData(2000, 4000, true, true)]
    public void GradientsAreSummed_WhereAStepPaysForAMessage_OrShardsAreNotAlike(int columns, int batch, bool areAlike, bool areSummed)
    {
        InProcessCollective ranks = InProcessCollective.Create(2)[0];
        RowShards shards = new RowShards(ranks, [batch / 2, batch - batch / 2], [0, 0]).Judged(areAlike);
        var data = new TrainingSet(
            new ShardedMatrix(new DesignMatrix(columns), shards), new float[batch], null, GroupLayout.PerColumn(columns),
            LearningTask.Regression);
        int[] rows = [.. Enumerable.Range(0, batch)];
        var request = new NetworkRequest(
            data, new FeatureRows(data.Features, encoding: null), rows, batch, s_settings, new RandomStream(1, 1));
        Assert.Equal(areSummed, ExchangeRule.Of(request, batch / 2, width: 32) is GradientSum);
    }

    [Fact]
    public void Batches_HaveTheSameShareOfEveryRanksRows_AndAPassHasEachRowOnce() => RankThreads.Run(InProcessCollective.Create(1), ranks =>
    {
        var shards = new RowShards(InProcessCollective.Create(Ranks)[0], s_counts, new int[Ranks]);
        var schedule = new BatchSchedule(s_all, batchSize: 8, int.MaxValue, new RandomStream(1, 1), pool: null, shards);
        var seen = new List<int>();
        while (seen.Count < Rows)
        {
            int[] batch = [.. schedule.Next(out int real).ToArray().Where(row => row >= 0)];
            Assert.Equal(real, batch.Length);
            Assert.InRange(batch.Count(row => shards.RankOf(row) == 0), 0, 3);
            seen.AddRange(batch);
        }

        Assert.Equal(s_all, seen.Order());
        return 0;
    });

    private static float[] Trained(RunScope scope, TrainingSet data, int steps)
    {
        using INetwork network = Network(scope, data);
        int[] rows = [.. Enumerable.Repeat(s_all, steps).SelectMany(row => row)];
        StepSettings step = s_settings.PathStep(lambda: 0.01, noise: 0);
        network.Train(new Iteration(rows, step, [.. Enumerable.Repeat(0.05f, steps)]));
        NetworkState state = network.Capture();
        return [.. state.Primary, .. state.Gates, .. state.GatedBias, .. state.Dense.SelectMany(layer => layer.Weights)];
    }

    private static (double[] Gradient, float[] Scores) Measured(RunScope scope, TrainingSet data)
    {
        using INetwork network = Network(scope, data);
        return ([.. new FullGradient(network, s_all).Compute().Gradients.SelectMany(block => block)], network.Score([30, 2, 11]));
    }

    private static INetwork Network(RunScope scope, TrainingSet data)
    {
        var start = NetworkState.Initial(s_settings.ShapeFor(data.Task), data.Groups, [0], new RandomStream(3, 1));
        var features = new FeatureRows(data.Features, encoding: null);
        INetwork network = scope.Create(new NetworkRequest(data, features, s_all, Rows, s_settings, new RandomStream(1, 1)));
        network.Load(start, s_settings.GateDepth);
        return network;
    }

    private static T[] OnRanks<T>(bool areAlike, Func<TrainingSet, T> work) => RankThreads.Run(
        InProcessCollective.Create(Ranks), ranks => work(Data(new RowShards(ranks, s_counts, new int[Ranks]).Judged(areAlike))));

    // All rows, or those of one rank.
    private static TrainingSet Data(RowShards? own)
    {
        var random = new Random(2);
        float[][] rows = [.. s_all.Select(_ => (float[])[.. Enumerable.Range(0, Columns).Select(_ => random.NextSingle() * 2 - 1)])];
        float[] targets = Array.ConvertAll(rows, row => row[0] - row[2]);
        var matrix = new DesignMatrix(Columns);
        foreach (float[] row in own is null ? rows : rows.Where((_, i) => own.RankOf(i) == own.Ranks.Rank))
        {
            matrix.Add(row);
        }

        FeatureMatrix features = own is null ? matrix : new ShardedMatrix(matrix, own);
        return new TrainingSet(features, targets, null, GroupLayout.PerColumn(Columns), LearningTask.Regression);
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Math.Abs(pair.First)), $"{pair.Second} instead of {pair.First}"));
    }
}
