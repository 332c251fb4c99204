using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Prints a hash of the scores, the selection and the path of one small fit of each kind.</summary>
/// <remarks>Equal lines before and after a change show that it did not change any bit of the results.</remarks>
internal static class Bits
{
    private const int Rows = 600, Slots = 12, Seed = 7;

    public static void Run(Arguments arguments)
    {
        string only = arguments.Text("only", "");
        foreach ((string name, Func<MLContext, string> fit) in Fits().Where(fit => fit.Name.Contains(only, StringComparison.Ordinal)))
        {
            Console.WriteLine($"{name}: {fit(new MLContext(Seed))}");
        }
    }

    private static IEnumerable<(string Name, Func<MLContext, string> Fit)> Fits()
    {
        yield return ("binary, open", context => Binary(context, new()));
        yield return ("binary, count, validation", context => Binary(context, new() { MaximumFeatureCount = 3 }, validation: true));
        yield return ("binary, λ, D = 2", context => Binary(context, new() { Lambda = 0.02, GateDepth = 2 }));
        yield return ("binary, λ, certificate, tanh", context =>
            Binary(context, new() { Lambda = 0.02, ComputeCertificate = true, HiddenLayers = [8], Activation = DGatingActivation.Tanh }));
        yield return ("binary, λ, certificate, linear, D = 2", context =>
            Binary(context, new() { Lambda = 0.02, GateDepth = 2, ComputeCertificate = true, HiddenLayers = [] }));
        yield return ("binary, ensemble, count", context =>
            Binary(context, new() { NumberOfRuns = 2, MaximumFeatureCount = 3, InputNoise = 0.5 }));
        yield return ("binary, count, skip, two layers, D = 2.5", context =>
            Binary(context, new() { MaximumFeatureCount = 4, HiddenLayers = [16, 8], UseSkipConnection = true, GateDepth = 2.5 }));
        yield return ("binary, noise, weights", context => Binary(context, new() { InputNoise = 0.5, ExampleWeightColumnName = "Weight" }));
        yield return ("binary, ensemble", context => Binary(context, new() { NumberOfRuns = 3, InputNoise = 0 }));
        yield return ("binary, ensemble, coin toss", context =>
            Binary(context, new() { NumberOfRuns = 3, MaximumFeatureCount = 3 }, label: row => row.Coin));
        yield return ("binary, coin toss", context => Binary(context, new(), label: row => row.Coin));
        yield return ("binary, budget, kept, group weights", context => Binary(context, new()
        {
            AlwaysKeep = ["Slot 5"],
            GroupWeights = new Dictionary<string, double> { ["Slot 1"] = 2 },
            GroupCosts = new Dictionary<string, double> { ["Slot 0"] = 3, ["Slot 5"] = 0.5 },
            MaximumCost = 5,
        }));
        yield return ("binary, groups, half precision", context => Binary(context, new()
        {
            Groups = FeatureGroups.OfSlots([0, 1, 2], [3, 4]),
            RowPrecision = DGatingRowPrecision.Half,
        }));
        yield return ("binary, streamed", context => Binary(context, new() { MaximumRowMemory = 1100 * Slots * 4 }, rows: 4 * Rows));
        yield return ("binary, threads", context => Binary(context, new() { NumberOfThreads = 2 }));
        yield return ("multiclass, open", context => Multiclass(context, new()));
        yield return ("multiclass, sparse", context => Multiclass(context, new() { MaximumFeatureCount = 5 }, wide: 400));
        yield return ("regression, open", context => Regression(context, new()));
        yield return ("regression, heavy tails, count", context => Regression(context, new() { MaximumFeatureCount = 2 }, scale: 1e4f));
        yield return ("regression, nothing left", context => Regression(context, new() { Lambda = 1e3 }));
        yield return ("path", context =>
            Text(context.BinaryClassification.Trainers.DGating(Options(new())).FitPath(View(context, Rows)), context));
        yield return ("path, ensemble, dynamics, validation", context =>
        {
            DGatingBinaryTrainer.Options options = Options(new() { NumberOfRuns = 2, RecordGateDynamics = true });
            DGatingBinaryTrainer trainer = context.BinaryClassification.Trainers.DGating(options);
            return Text(trainer.FitPath(View(context, Rows), View(context, Rows, 1)), context);
        });
        yield return ("path, regression, folds", context =>
        {
            var options = new DGatingRegressionTrainer.Options { LabelColumnName = "Number" };
            DGatingRegressionTrainer trainer = context.Regression.Trainers.DGating(options);
            return Text(trainer.FitPathCrossValidated(View(context, Rows), 3, "Block"), context);
        });
        yield return ("stability", context =>
        {
            DGatingStability<BinaryPredictionTransformer<DGatingBinaryModelParameters>> stability =
                context.BinaryClassification.Trainers.DGating(Options(new() { NumberOfThreads = 2 })).FitStability(View(context, Rows), 3);
            return Hash(string.Join(' ', stability.FrequenciesAt(3)), Scores(stability.ModelOf(3, 0.6).Transform(View(context, 100))));
        });
        yield return ("search", context =>
        {
            DGatingSearchResult<BinaryPredictionTransformer<DGatingBinaryModelParameters>> found =
                context.BinaryClassification.Trainers.DGating(Options(new() { HiddenLayers = [16] })).FitBest(View(context, Rows), 5);
            return Hash(
                string.Join(' ', found.Leaderboard.Trials.Select(trial => $"{trial.Settings} {trial.Metric:r} {trial.FeatureCount}")),
                Model(found.Transformer.Model),
                Scores(found.Transformer.Transform(View(context, 100))));
        });
        yield return ("selection of slots", context =>
            Selected(context.Transforms.FeatureSelection.SelectFeaturesBasedOnDGating("Features", labelColumnName: "Number"), context));
        yield return ("reconstruction", context =>
            Selected(context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features"), context));
        yield return ("reconstruction, 3 slots", context =>
            Selected(context.Transforms.FeatureSelection.SelectFeaturesBasedOnReconstruction("Features", slotsInOutput: 3), context));
    }

    private static string Binary(
        MLContext context, DGatingBinaryTrainer.Options options, Func<Row, bool>? label = null, bool validation = false, int rows = Rows)
    {
        DGatingBinaryTrainer trainer = context.BinaryClassification.Trainers.DGating(Options(options));
        IDataView data = View(context, rows, label: label);
        BinaryPredictionTransformer<DGatingBinaryModelParameters> fitted = validation
            ? trainer.Fit(data, View(context, 200, 3, label))
            : trainer.Fit(data);
        return Hash(Model(fitted.Model), Scores(fitted.Transform(View(context, 100, 2))));
    }

    private static string Multiclass(MLContext context, DGatingMulticlassTrainer.Options options, int wide = 0)
    {
        options.LabelColumnName = "Class";
        MulticlassPredictionTransformer<DGatingMulticlassModelParameters> fitted =
            context.MulticlassClassification.Trainers.DGating(options).Fit(View(context, Rows, wide: wide));
        return Hash(Model(fitted.Model), Scores(fitted.Transform(View(context, 100, 2, wide: wide))));
    }

    private static string Regression(MLContext context, DGatingRegressionTrainer.Options options, float scale = 1)
    {
        options.LabelColumnName = "Number";
        RegressionPredictionTransformer<DGatingRegressionModelParameters> fitted =
            context.Regression.Trainers.DGating(options).Fit(View(context, Rows, scale: scale));
        return Hash(Model(fitted.Model), Scores(fitted.Transform(View(context, 100, 2))));
    }

    private static string Selected(IEstimator<DGatingFeatureSelectingTransformer> estimator, MLContext context)
    {
        DGatingFeatureSelectingTransformer fitted = estimator.Fit(View(context, Rows));
        return Hash(fitted.FeatureSelection.ToString(), $"{fitted.ReconstructionRSquared:r}");
    }

    private static string Text(DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> path, MLContext context)
    {
        string gates = path.GateDynamics is { } dynamics ? string.Join(' ', dynamics.Gates(0)) : "";
        return Hash(Describe(path), Scores(path.At(2).Transform(View(context, 100, 2))), gates);
    }

    private static string Text(DGatingPath<RegressionPredictionTransformer<DGatingRegressionModelParameters>> path, MLContext context) =>
        Hash(Describe(path), Scores(path.At(2).Transform(View(context, 100, 2))));

    private static string Describe(DGatingPath path)
    {
        IEnumerable<string> candidates = path.Candidates.Select(candidate =>
            $"{candidate.FeatureCount} {candidate.ValidationLoss:r} {candidate.Metric:r} {candidate.MetricStandardError:r}");
        return string.Join('\n', path.Points.Select(Losses)
            .Concat(candidates)
            .Concat(path.Ranking.Select(feature => $"{feature.Index} {feature.LambdaOut:r}"))
            .Append($"{path.BestFeatureCount} {path.SparsestFeatureCount}"));
    }

    private static string Model<T>(DGatingModelParameters<T> model) =>
        $"{model.FeatureSelection}{string.Join('\n', model.Path.Select(point => $"{Losses(point)} {point.Metric:r}"))}";

    private static string Losses(DGatingPathPoint point) =>
        $"{point.Lambda:r} {point.FeatureCount} {point.TrainingLoss:r} {point.ValidationLoss:r}";

    private static string Scores(IDataView scored)
    {
        IEnumerable<float> scores = scored.Schema["Score"].Type is VectorDataViewType
            ? scored.GetColumn<float[]>("Score").SelectMany(row => row)
            : scored.GetColumn<float>("Score");
        return string.Join(' ', scores.Select(score => score.ToString("r", CultureInfo.InvariantCulture)));
    }

    private static string Hash(params string[] parts) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..16];

    private static DGatingBinaryTrainer.Options Options(DGatingBinaryTrainer.Options options)
    {
        options.LabelColumnName = "Positive";
        return options;
    }

    private static IDataView View(MLContext context, int rows, int seed = 0, Func<Row, bool>? label = null, int wide = 0, float scale = 1)
    {
        var random = new Random(seed);
        Row[] all = [.. Enumerable.Range(0, rows).Select(_ => Draw(random, wide, scale))];
        foreach (Row row in all)
        {
            row.Positive = label?.Invoke(row) ?? row.Positive;
        }

        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, wide == 0 ? Slots : wide);
        schema[nameof(Row.Class)].ColumnType = new KeyDataViewType(typeof(uint), 3);
        return context.Data.LoadFromEnumerable(all, schema);
    }

    // Two features act together and two by themselves; the others are noise or nearly copies. Wide rows are mostly zero.
    private static Row Draw(Random random, int wide, float scale)
    {
        float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        float[] x = [.. Enumerable.Range(0, Slots).Select(_ => Normal())];
        x[6] = x[0] + 0.1f * Normal();
        x[11] = 1;
        float signal = x[0] * x[1] + x[2] + 0.5f * x[3];
        float[] features = x;
        if (wide > 0)
        {
            features = new float[wide];
            for (int i = 0; i < 6; i++)
            {
                features[random.Next(wide)] = 1 + random.Next(3);
            }

            features[0] = signal > 0.5 ? 2 : 0;
            features[1] = signal < -0.5 ? 1 : 0;
        }

        return new Row
        {
            Features = features,
            Positive = signal + 0.3 * Normal() > 0,
            Coin = random.Next(2) == 0,
            Class = (uint)(signal > 0.5 ? 2 : signal < -0.5 ? 0 : 1),
            Number = scale * signal * (scale > 1 && random.Next(50) == 0 ? 30 : 1),
            Weight = 0.5f + (float)random.NextDouble(),
            Block = random.Next(60),
        };
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Positive { get; set; }

        public bool Coin { get; set; }

        public uint Class { get; set; }

        public float Number { get; set; }

        public float Weight { get; set; }

        public int Block { get; set; }
    }
}
