using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating.Distributed.Probe;

/// <summary>Fits of rows of which each rank holds a shard.</summary>
internal static class Sharded
{
    private const int Slots = 12;

    /// <summary>The names of the fits.</summary>
    public static string[] Fits { get; } =
    [
        "fit", "count", "runs", "path", "stability", "folds", "best", "certificate", "curves", "intervals", "continued", "neurons", "half",
        "validation",
    ];

    /// <summary>Carries out a fit, and gives everything that its result says: as text, in which a number has all its digits.</summary>
    /// <param name="name">One of <see cref="Fits"/>.</param>
    /// <param name="cluster">The cluster; null for this process alone, which has all rows.</param>
    /// <param name="shardOf">Gives the rows of a rank from all rows; null to deal them one by one.</param>
    /// <param name="change">Changes the options.</param>
    public static string Fit(
        string name, DGatingCluster? cluster, Func<Row[], Row[]>? shardOf = null, Action<DGatingBinaryTrainer.Options>? change = null)
    {
        var mlContext = new MLContext(seed: 1);
        Row[] all = Rows(seed: 1, count: 400);
        IDataView rows = mlContext.Data.LoadFromEnumerable(all), shard = rows;
        if (cluster is not null)
        {
            cluster.RowsAreSharded = true;
            shard = shardOf is null ? cluster.TakeShard(rows) : mlContext.Data.LoadFromEnumerable(shardOf(all));
        }

        var options = new DGatingBinaryTrainer.Options
        {
            Executor = cluster, Seed = 1, HiddenLayers = name == "curves" ? [] : [6], LambdaGrowth = 1.3,
            NumberOfDenseIterations = 4, NumberOfRefitIterations = 6,
            NumberOfRuns = name == "runs" ? 2 : 1, EnsembleSize = name == "runs" ? 2 : 1,
            MaximumFeatureCount = name is "count" or "intervals" ? 3 : null,
            Lambda = name == "certificate" ? 0.05 : null, ComputeCertificate = name == "certificate",
            SelectNeurons = name == "neurons",
            RowPrecision = name == "half" ? DGatingRowPrecision.Half : DGatingRowPrecision.Full,
            Shape = name == "curves" ? DGatingModelShape.Additive : DGatingModelShape.Interactions,
            NumericEncoding = name == "intervals" ? DGatingNumericEncoding.PiecewiseLinear : DGatingNumericEncoding.Auto,
        };
        change?.Invoke(options);
        DGatingBinaryTrainer trainer = mlContext.BinaryClassification.Trainers.DGating(options);
        switch (name)
        {
            case "stability":
                DGatingStability<BinaryPredictionTransformer<DGatingBinaryModelParameters>> stability =
                    trainer.FitStability(shard, pairs: 2);
                return $"{stability}{Bits(stability.ModelOf(featureCount: 2, threshold: 0.6), mlContext, rows)}";
            case "path":
                DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> path = trainer.FitPath(shard);
                return $"{path}{Bits(path.At(2), mlContext, rows)}";
            case "folds":
                DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> judged = trainer.FitPathCrossValidated(shard, 3);
                return $"{judged}{Bits(judged.At(2), mlContext, rows)}";
            case "best":
                DGatingSearchResult<BinaryPredictionTransformer<DGatingBinaryModelParameters>> found = trainer.FitBest(shard, trials: 3);
                string trials = string.Join(' ', found.Leaderboard.Trials.Select(trial => $"{trial.Settings} {trial.BoundedLoss:r}"));
                return $"{trials}{Bits(found.Transformer, mlContext, rows)}";
            default:
                IDataView unseen = mlContext.Data.LoadFromEnumerable(Rows(seed: 2, count: 150));
                BinaryPredictionTransformer<DGatingBinaryModelParameters> model = name == "validation"
                    ? trainer.Fit(shard, cluster?.TakeShard(unseen) ?? unseen)
                    : trainer.Fit(shard);
                model = name == "continued" ? trainer.Fit(shard, model.Model) : model;
                return $"selected: {string.Join(' ', model.Model.FeatureSelection.SelectedIndices)}\n{Bits(model, mlContext, rows)}";
        }
    }

    /// <summary>Carries out a fit of which the last rank has other columns than the others.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="what">What is other: slots, classes or validation rows.</param>
    public static string FitOther(DGatingCluster cluster, string what)
    {
        cluster.RowsAreSharded = true;
        bool isOther = cluster.Rank == cluster.Size - 1;
        var mlContext = new MLContext(seed: 1);
        IDataView rows = cluster.TakeShard(mlContext.Data.LoadFromEnumerable(Rows(1, 400)));
        if (what == "slots")
        {
            ColumnConcatenatingEstimator prepared =
                mlContext.Transforms.Concatenate("Features", isOther ? ["Features", "Number"] : ["Features"]);
            rows = prepared.Fit(rows).Transform(rows);
        }

        if (what == "classes")
        {
            IDataView mapped = isOther ? mlContext.Data.TakeRows(rows, 1) : rows;
            rows = mlContext.Transforms.Conversion.MapValueToKey("Class", "Label").Fit(mapped).Transform(rows);
            var ofClasses = new DGatingMulticlassTrainer.Options { Executor = cluster, Seed = 1, LabelColumnName = "Class" };
            mlContext.MulticlassClassification.Trainers.DGating(ofClasses).Fit(rows);
            return "done";
        }

        DGatingBinaryTrainer trainer =
            mlContext.BinaryClassification.Trainers.DGating(new DGatingBinaryTrainer.Options { Executor = cluster, Seed = 1 });
        _ = what == "validation rows" && isOther ? trainer.Fit(rows, rows) : trainer.Fit(rows);
        return "done";
    }

    /// <summary>Asks for what a fit of shards has not.</summary>
    public static string Knockoffs(DGatingCluster cluster)
    {
        cluster.RowsAreSharded = true;
        var mlContext = new MLContext(seed: 1);
        var options = new DGatingBinaryTrainer.Options { Executor = cluster, Seed = 1 };
        return mlContext.BinaryClassification.Trainers.DGating(options)
            .FitKnockoffs(mlContext.Data.LoadFromEnumerable(Rows(1, 100))).ToString()!;
    }

    /// <summary>Follows a path that the user of one rank stops on its way, and gives what is there of it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="stop">Stops the fit of the rank; the progress of rank 0 says when.</param>
    /// <param name="stopped">The rank that is stopped.</param>
    public static string StoppedPath(DGatingCluster cluster, CancellationTokenSource stop, int stopped)
    {
        cluster.RowsAreSharded = true;
        var mlContext = new MLContext(seed: 1);
        IDataView rows = mlContext.Data.LoadFromEnumerable(Rows(1, 400));
        var options = new DGatingBinaryTrainer.Options
        {
            Executor = cluster, Seed = 1, LambdaGrowth = 1.01, InputNoise = 0,
            CancellationToken = cluster.Rank == stopped ? stop.Token : CancellationToken.None, Progress = new StopsAtThreeFeatures(stop),
        };
        DGatingBinaryTrainer trainer = mlContext.BinaryClassification.Trainers.DGating(options);
        try
        {
            DGatingPath path = trainer.FitPath(cluster.TakeShard(rows));
            return $"complete: {path.IsComplete}\n{path}";
        }
        catch (OperationCanceledException)
        {
            return "stopped before there was anything";
        }
    }

    /// <summary>Gives rows of which it is known what matters: slots 0, 3 and 5.</summary>
    public static Row[] Rows(int seed, int count)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                float[] features = [.. Enumerable.Range(0, Slots).Select(_ => random.NextSingle() * 2 - 1)];
                float score = features[0] + features[3] - features[5];
                return new Row(features, score + 0.3f * random.NextSingle() > 0.1f, score, $"key {random.Next(count / 3)}");
            }),
        ];
    }

    private static string Bits(
        BinaryPredictionTransformer<DGatingBinaryModelParameters> model, MLContext mlContext, IDataView data) =>
        string.Join(' ', model.Transform(data).GetColumn<float>("Score").Select(score =>
            BitConverter.SingleToInt32Bits(score).ToString("x8", CultureInfo.InvariantCulture)));

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

    internal sealed class Row(float[] features, bool label, float number, string key)
    {
        [VectorType(Slots)]
        public float[] Features { get; set; } = features;

        public bool Label { get; set; } = label;

        public float Number { get; set; } = number;

        public float Weight { get; set; } = 1;

        public string Key { get; set; } = key;
    }
}
