using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Distributed.Probe;

/// <summary>Rows of which it is known what matters, and the fits that a cluster shares.</summary>
internal static class Planted
{
    private const int Slots = 12;

    /// <summary>The names of the fits.</summary>
    public static string[] Fits { get; } = ["fit", "runs", "streamed", "streamed-stability", "stability", "folds", "knockoffs", "best"];

    /// <summary>Carries out a fit, and gives everything that its result says: as text, in which a number has all its digits.</summary>
    /// <param name="name">One of <see cref="Fits"/>.</param>
    /// <param name="cluster">The cluster; null for this process alone.</param>
    /// <param name="seed">The seed of the options.</param>
    /// <param name="dataSeed">The seed of the rows.</param>
    /// <param name="threads">The number of threads of this process.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="pairs">The number of pairs of stability selection.</param>
    public static string Fit(
        string name, DGatingExecutor? cluster, int seed = 1, int dataSeed = 1, int threads = 1, int rows = 240, int pairs = 3)
    {
        var mlContext = new MLContext(seed: 1);
        bool isStreamed = name.StartsWith("streamed", StringComparison.Ordinal);
        var options = new DGatingBinaryTrainer.Options
        {
            Executor = cluster, Seed = seed, NumberOfThreads = threads, HiddenLayers = [6], LambdaGrowth = 1.3,
            NumberOfDenseIterations = 4, NumberOfRefitIterations = 6,
            NumberOfRuns = name == "runs" ? 3 : 1, EnsembleSize = name == "runs" ? 2 : 1,
            MaximumRowMemory = isStreamed ? 1 : null,
        };
        DGatingBinaryTrainer trainer = mlContext.BinaryClassification.Trainers.DGating(options);
        IDataView data = Rows(mlContext, dataSeed, isStreamed ? DGatingDefaults.SmallestPool + rows : rows);
        switch (name)
        {
            case "stability" or "streamed-stability":
                DGatingStability<BinaryPredictionTransformer<DGatingBinaryModelParameters>> stability = trainer.FitStability(data, pairs);
                return $"{stability}{Bits(stability.ModelOf(featureCount: 2, threshold: 0.6), mlContext, data)}";
            case "folds":
                DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> path = trainer.FitPathCrossValidated(data, folds: 4);
                return $"{path}{Bits(path.At(2), mlContext, data)}";
            case "knockoffs":
                return trainer.FitKnockoffs(data, falseDiscoveryRate: 0.5, draws: 3).ToString()!;
            case "best":
                DGatingSearchResult<BinaryPredictionTransformer<DGatingBinaryModelParameters>> found = trainer.FitBest(data, trials: 4);
                string trials = string.Join(' ', found.Leaderboard.Trials.Select(trial => $"{trial.Settings} {trial.BoundedLoss:r}"));
                return $"{trials}{Bits(found.Transformer, mlContext, data)}";
            default:
                return Bits(trainer.Fit(data), mlContext, data);
        }
    }

    /// <summary>Gives the largest fraction that a fit has reported to the user of this rank; 0 where it reported none.</summary>
    public static double FractionOfProgress(DGatingExecutor? cluster)
    {
        var progress = new Largest();
        var mlContext = new MLContext(seed: 1);
        var options = new DGatingBinaryTrainer.Options { Executor = cluster, Progress = progress, NumberOfThreads = 1, LambdaGrowth = 1.5 };
        mlContext.BinaryClassification.Trainers.DGating(options).FitStability(Rows(mlContext, 1, 100), pairs: 3);
        return progress.Fraction;
    }

    /// <summary>Follows a path that the user of rank 0 stops on its way, and gives what is there of it.</summary>
    public static string StoppedPath(DGatingCluster cluster)
    {
        using var stop = new CancellationTokenSource();
        var mlContext = new MLContext(seed: 1);
        var options = new DGatingBinaryTrainer.Options
        {
            Executor = cluster, NumberOfThreads = 1, LambdaGrowth = 1.01, InputNoise = 0, CancellationToken = stop.Token,
            Progress = new StopsAtThreeFeatures(stop),
        };
        try
        {
            DGatingPath path = mlContext.BinaryClassification.Trainers.DGating(options).FitPath(Rows(mlContext, 1, 240));
            return $"complete: {path.IsComplete}\n{path}";
        }
        catch (OperationCanceledException)
        {
            return "stopped before there was anything";
        }
    }

    private static string Bits(
        BinaryPredictionTransformer<DGatingBinaryModelParameters> model, MLContext mlContext, IDataView data) =>
        string.Join(' ', model.Transform(data).GetColumn<float>("Score").Select(score =>
            BitConverter.SingleToInt32Bits(score).ToString("x8", CultureInfo.InvariantCulture)));

    private static IDataView Rows(MLContext mlContext, int seed, int count)
    {
        var random = new Random(seed);
        IEnumerable<Row> rows = [.. Enumerable.Range(0, count).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, Slots).Select(_ => random.NextSingle() * 2 - 1)];
            return new Row(features, features[0] + features[3] - features[5] + 0.3f * random.NextSingle() > 0.1f);
        })];
        return mlContext.Data.LoadFromEnumerable(rows);
    }

    private sealed class Largest : IProgress<DGatingProgress>
    {
        public double Fraction { get; private set; }

        public void Report(DGatingProgress value) => Fraction = Math.Max(Fraction, value.Fraction);
    }

    // Progress is reported on rank 0 alone.
    private sealed class StopsAtThreeFeatures(CancellationTokenSource stop) : IProgress<DGatingProgress>
    {
        public void Report(DGatingProgress value)
        {
            if (value.FeatureCount <= 3)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class Row(float[] features, bool label)
    {
        [VectorType(Slots)]
        public float[] Features { get; set; } = features;

        public bool Label { get; set; } = label;
    }
}
