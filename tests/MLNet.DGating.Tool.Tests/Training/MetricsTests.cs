using Microsoft.ML;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Training;
using CalibratedBinaryClassificationMetrics = Microsoft.ML.Data.CalibratedBinaryClassificationMetrics;

namespace MLNet.DGating.Tool.Tests.Training;

/// <summary>Metrics are those of ML.NET where single precision is enough, and right where it is not; weights count.</summary>
public sealed class MetricsTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly Random _random = new(1);

    [Fact]
    public void Regression_IsAsMLNetComputesIt()
    {
        ScoredNumber[] rows = [.. Enumerable.Range(0, 200).Select(_ => new ScoredNumber(_random.NextSingle(), _random.NextSingle(), 1))];
        Microsoft.ML.Data.RegressionMetrics expected = _mlContext.Regression.Evaluate(_mlContext.Data.LoadFromEnumerable(
            rows.Select(row => new NumberRow { Label = (float)row.Label, Score = (float)row.Score })));
        Metric[] metrics = RegressionMetrics.Of(rows);
        Assert.Equal(expected.RSquared, metrics[0].Value, 1e-6);
        Assert.Equal(expected.RootMeanSquaredError, metrics[1].Value, 1e-6);
        Assert.Equal(expected.MeanAbsoluteError, metrics[2].Value, 1e-6);
    }

    [Fact]
    public void Regression_DoesNotDependOnTheMeanOfTheLabel()
    {
        ScoredNumber[] near = [.. Enumerable.Range(0, 200).Select(i => new ScoredNumber(i % 17, i % 17 + i % 3, 1))];
        ScoredNumber[] far = [.. near.Select(row => row with { Label = row.Label + 1.76e9, Score = row.Score + 1.76e9 })];
        Assert.Equal(RegressionMetrics.Of(near)[0].Value, RegressionMetrics.Of(far)[0].Value, 1e-9);
    }

    [Fact]
    public void Binary_IsAsMLNetComputesIt()
    {
        ScoredBoolean[] rows = [.. Enumerable.Range(0, 300).Select(_ => Binary())];
        CalibratedBinaryClassificationMetrics expected = _mlContext.BinaryClassification.Evaluate(
            _mlContext.Data.LoadFromEnumerable(rows.Select(row => new BooleanRow
            {
                Label = row.Label, PredictedLabel = row.Predicted, Score = (float)row.Score, Probability = (float)row.Probability,
            })));
        Dictionary<string, double> metrics = BinaryMetrics.Of(rows).All().ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(expected.Accuracy, metrics["accuracy"], 1e-6);
        Assert.Equal(expected.AreaUnderRocCurve, metrics["areaUnderRocCurve"], 1e-6);
        Assert.Equal(expected.AreaUnderPrecisionRecallCurve, metrics["areaUnderPrecisionRecallCurve"], 0.01);
        Assert.Equal(expected.F1Score, metrics["f1Score"], 1e-6);
        Assert.Equal(expected.LogLoss, metrics["logLoss"], 1e-6);
    }

    [Fact]
    public void ARowOfWeightTwo_CountsLikeTwoRows()
    {
        ScoredBoolean[] binary = [.. Enumerable.Range(0, 50).Select(_ => Binary())];
        ScoredNumber[] numbers = [.. Enumerable.Range(0, 50).Select(i => new ScoredNumber(i % 7, i % 5, 1))];
        ScoredClass[] classes = [.. Enumerable.Range(0, 50).Select(i => new ScoredClass(i % 3, i % 4 % 3, 0.1 + i % 3 * 0.4, 1))];
        string[] words = ["a", "b", "c"];
        Same(BinaryMetrics.Of([.. binary, .. binary[..20]]).All(),
            BinaryMetrics.Of(binary.Select((row, i) => row with { Weight = i < 20 ? 2 : 1 })).All());
        Same(RegressionMetrics.Of([.. numbers, .. numbers[..20]]),
            RegressionMetrics.Of([.. numbers.Select((row, i) => row with { Weight = i < 20 ? 2 : 1 })]));
        Same(MulticlassMetrics.Of([.. classes, .. classes[..20]], words).All(),
            MulticlassMetrics.Of(classes.Select((row, i) => row with { Weight = i < 20 ? 2 : 1 }), words).All());
    }

    [Fact]
    public void AClassWithoutTestRows_DoesNotCountForTheMacroAccuracy()
    {
        var metrics = MulticlassMetrics.Of([new(0, 0, 0.9, 1), new(1, 0, 0.1, 1)], ["a", "b", "c"]);
        Assert.Equal(0.5, metrics.All()[1].Value);
        Assert.Equal([1, 1, 0], metrics.Classes.Select(one => one.TestRows));
        Assert.Equal([2, 0, 0], metrics.Classes.Select(one => one.PredictedRows));
    }

    private static void Same(Metric[] expected, Metric[] actual) => Assert.All(
        expected.Zip(actual), pair => Assert.Equal(pair.First.Value, pair.Second.Value, 1e-9));

    private ScoredBoolean Binary()
    {
        bool label = _random.Next(3) == 0;
        // Scores of one decimal repeat, so that the curves have steps.
        double score = Math.Round(_random.NextDouble() * 4 - (label ? 1.5 : 2.5), 1);
        return new(label, score > 0, score, (float)(1 / (1 + Math.Exp(-score))), 1);
    }

    private sealed class NumberRow
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }

    private sealed class BooleanRow
    {
        public bool Label { get; set; }

        public bool PredictedLabel { get; set; }

        public float Score { get; set; }

        public float Probability { get; set; }
    }
}
