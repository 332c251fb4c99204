using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Tests.Support;

namespace MLNet.DGating.Distributed.Tests;

/// <summary>Fits of shards of real rows, beside fits of all rows in one process.</summary>
public class ShardedQualityTests
{
    private static readonly string s_examples =
        typeof(ShardedQualityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Examples").Value!;

    [Fact]
    public void Incomes_AreToldAsWellAsByOneProcess() => AssertAsGood(cluster =>
    {
        var mlContext = new MLContext(seed: 1);
        IDataView people = mlContext.Data.LoadFromTextFile(
            Path.Combine(s_examples, "adult.csv"),
            [
                new("Marital", DataKind.String, 5), new("Occupation", DataKind.String, 6), new("Age", DataKind.Single, 0),
                new("Education", DataKind.Single, 4), new("Gain", DataKind.Single, 10), new("Loss", DataKind.Single, 11),
                new("Hours", DataKind.Single, 12), new("Label", DataKind.Boolean, 14),
            ],
            separatorChar: ',', hasHeader: true);
        people = mlContext.Transforms.Categorical.OneHotEncoding([new("Marital"), new("Occupation")])
            .Append(mlContext.Transforms.Concatenate("Features", "Marital", "Occupation", "Age", "Education", "Gain", "Loss", "Hours"))
            .Fit(people).Transform(people);
        IDataView training = mlContext.Data.TakeRows(people, 8000), test = mlContext.Data.SkipRows(people, 20_000);
        var options = new DGatingBinaryTrainer.Options { Executor = cluster, Seed = 1, MaximumFeatureCount = 5 };
        IDataView scored = mlContext.BinaryClassification.Trainers.DGating(options).Fit(cluster.TakeShard(training)).Transform(test);
        return mlContext.BinaryClassification.Evaluate(scored).Accuracy;
    }, least: 0.84);

    [Fact]
    public void Fares_ArePredictedAsWellAsByOneProcess() => AssertAsGood(cluster =>
    {
        var mlContext = new MLContext(seed: 1);
        IDataView trips = mlContext.Data.LoadFromTextFile(
            Path.Combine(s_examples, "taxi-fare.csv"),
            [
                new("Features", DataKind.Single, [new TextLoader.Range(1, 4)]), new("Label", DataKind.Single, 6),
            ],
            separatorChar: ',', hasHeader: true);
        // Some fares are mistakes, a hundred times the usual one.
        trips = mlContext.Data.FilterRowsByColumn(trips, "Label", lowerBound: 2, upperBound: 60);
        IDataView training = mlContext.Data.TakeRows(trips, 20_000), test = mlContext.Data.SkipRows(trips, 40_000);
        var options = new DGatingRegressionTrainer.Options { Executor = cluster, Seed = 1, MaximumFeatureCount = 4 };
        IDataView scored = mlContext.Regression.Trainers.DGating(options).Fit(cluster.TakeShard(training)).Transform(test);
        return mlContext.Regression.Evaluate(scored).RSquared;
    }, least: 0.8);

    private static void AssertAsGood(Func<DGatingCluster, double> fit, double least)
    {
        double alone = OnRanks(1, fit);
        Assert.InRange(alone, least, 1);
        Assert.All((int[])[2, 4], size => Assert.InRange(OnRanks(size, fit), alone - 0.01, alone + 0.01));
    }

    private static double OnRanks(int size, Func<DGatingCluster, double> fit) =>
        RankThreads.Run(InProcessCollective.Create(size), ranks => fit(new DGatingCluster(ranks, "threads") { RowsAreSharded = true }))[0];
}
