using System.Security.Cryptography;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Fuzz;

/// <summary>A fit of some seconds, which keeps a checkpoint and says at its end what came out of it, as a hash of all bits.</summary>
internal static class ResumedFit
{
    private const int Rows = 6_000, Slots = 30, Seed = 5;

    private static readonly Dictionary<string, Func<MLContext, IDataView, string, string>> s_fits = new()
    {
        ["fit"] = (context, rows, path) => Predictions(
            context.Regression.Trainers.DGating(With(new DGatingRegressionTrainer.Options(), path)).Fit(rows), rows),
        ["intervals"] = (context, rows, path) => Predictions(
            context.Regression.Trainers.DGating(With(
                new DGatingRegressionTrainer.Options { NumericEncoding = DGatingNumericEncoding.PiecewiseLinear }, path)).Fit(rows),
            rows),
        ["path"] = (context, rows, path) =>
        {
            DGatingPath<BinaryPredictionTransformer<DGatingBinaryModelParameters>> followed = context.BinaryClassification.Trainers
                .DGating(With(new DGatingBinaryTrainer.Options { LabelColumnName = nameof(Row.Flag) }, path)).FitPath(rows);
            return followed + Predictions(followed.At(followed.SparsestFeatureCount), rows);
        },
        ["folds"] = (context, rows, path) => context.Regression.Trainers
            .DGating(With(new DGatingRegressionTrainer.Options(), path)).FitPathCrossValidated(rows, folds: 3).ToString(),
        ["stability"] = (context, rows, path) => context.BinaryClassification.Trainers
            .DGating(With(new DGatingBinaryTrainer.Options { LabelColumnName = nameof(Row.Flag) }, path))
            .FitStability(rows, pairs: 3).ToString(),
        ["ensemble"] = (context, rows, path) => Predictions(
            context.Regression.Trainers.DGating(With(
                new DGatingRegressionTrainer.Options { MaximumFeatureCount = 4, EnsembleSize = 3, NumberOfRuns = 2 }, path)).Fit(rows),
            rows),
    };

    /// <summary>The names of the fits.</summary>
    public static IReadOnlyCollection<string> Names => s_fits.Keys;

    /// <summary>Carries out a fit, and gives a hash of its result.</summary>
    /// <param name="name">The name of the fit.</param>
    /// <param name="checkpoint">The file of its checkpoint.</param>
    public static string Run(string name, string checkpoint)
    {
        var context = new MLContext(Seed);
        string result = s_fits[name](context, context.Data.LoadFromEnumerable(Planted()), checkpoint);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(result)));
    }

    private static T With<T>(T options, string checkpoint)
        where T : DGatingTrainerOptions
    {
        options.CheckpointPath = checkpoint;
        options.CheckpointInterval = TimeSpan.FromMilliseconds(200);
        return options;
    }

    private static Row[] Planted()
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, Rows).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, Slots).Select(_ => (float)(2 * random.NextDouble() - 1))];
            float label = features[0] * features[1] + MathF.Abs(features[2]) + 0.3f * features[3] + (float)(0.2 * random.NextDouble());
            return new Row { Features = features, Label = label, Flag = label > 0.5 };
        })];
    }

    private static string Predictions(ITransformer model, IDataView rows) =>
        string.Join(' ', model.Transform(rows).GetColumn<float>("Score").Select(BitConverter.SingleToInt32Bits));

    private sealed class Row
    {
        [VectorType(Slots)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public bool Flag { get; set; }
    }
}
