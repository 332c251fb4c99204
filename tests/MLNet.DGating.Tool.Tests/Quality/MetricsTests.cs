using Microsoft.ML;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;
using CalibratedBinaryClassificationMetrics = Microsoft.ML.Data.CalibratedBinaryClassificationMetrics;

namespace MLNet.DGating.Tool.Tests.Quality;

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
        Metric[] metrics = RegressionMetrics.Of(rows).All();
        Assert.Equal(expected.RSquared, metrics[0].Value, 1e-6);
        Assert.Equal(expected.RootMeanSquaredError, metrics[1].Value, 1e-6);
        Assert.Equal(expected.MeanAbsoluteError, metrics[2].Value, 1e-6);
    }

    [Fact]
    public void Regression_DoesNotDependOnTheMeanOfTheLabel()
    {
        ScoredNumber[] near = [.. Enumerable.Range(0, 200).Select(i => new ScoredNumber(i % 17, i % 17 + i % 3, 1))];
        ScoredNumber[] far = [.. near.Select(row => row with { Label = row.Label + 1.76e9, Score = row.Score + 1.76e9 })];
        Assert.Equal(RegressionMetrics.Of(near).All()[0].Value, RegressionMetrics.Of(far).All()[0].Value, 1e-9);
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
        Assert.Equal(expected.PositivePrecision, metrics["precision"], 1e-6);
        Assert.Equal(expected.PositiveRecall, metrics["recall"], 1e-6);
        // ML.NET's is in bits.
        Assert.Equal(expected.LogLoss * Math.Log(2), metrics["logLoss"], 1e-6);
    }

    [Fact]
    public void ARowOfWeightTwo_CountsLikeTwoRows()
    {
        ScoredBoolean[] binary = [.. Enumerable.Range(0, 150).Select(_ => Binary())];
        ScoredNumber[] numbers = [.. Enumerable.Range(0, 50).Select(i => new ScoredNumber(i % 7, i % 5, 1))];
        ScoredClass[] classes = [.. Enumerable.Range(0, 150).Select(i => new ScoredClass(
            i % 3, i % 4 % 3, [0.1f + i % 5 * 0.1f, 0.2f, 0.7f - i % 5 * 0.1f], 1))];
        string[] words = ["a", "b", "c"];
        Same(BinaryMetrics.Of([.. binary, .. binary[..20]]).All(),
            BinaryMetrics.Of(binary.Select((row, i) => row with { Weight = i < 20 ? 2 : 1 })).All());
        Same(RegressionMetrics.Of([.. numbers, .. numbers[..20]]).All(),
            RegressionMetrics.Of([.. numbers.Select((row, i) => row with { Weight = i < 20 ? 2 : 1 })]).All());
        Same(MulticlassMetrics.Of([.. classes, .. classes[..20]], words).All(),
            MulticlassMetrics.Of(classes.Select((row, i) => row with { Weight = i < 20 ? 2 : 1 }), words).All());
    }

    [Fact]
    public void LogLoss_IsInNats_OfTwoClassesAndOfSeveral()
    {
        ScoredBoolean[] two = [new(true, true, 1, 0.5, 1), new(false, false, -1, 0.5, 1)];
        ScoredClass[] several = [new(0, 0, [0.5f, 0.5f], 1), new(1, 1, [0.5f, 0.5f], 1)];
        Metric binary = BinaryMetrics.Of(two).All().Single(metric => metric.Name == "logLoss");
        Metric multiclass = MulticlassMetrics.Of(several, ["a", "b"]).All().Single(metric => metric.Name == "logLoss");
        Assert.Equal(Math.Log(2), binary.Value, 1e-12);
        Assert.Equal(binary.Value, multiclass.Value, 1e-12);
        Assert.Equal(("nats", "nats"), (binary.Unit, multiclass.Unit));
    }

    [Fact]
    public void CalibrationError_IsTheDistanceOfProbabilityAndFrequency()
    {
        ScoredBoolean[] rows = [.. Enumerable.Range(0, 100).Select(i => new ScoredBoolean(i < 70, true, 1, 0.9, 1))];
        Assert.Equal(0.2, BinaryMetrics.Of(rows).All().Single(metric => metric.Name == "calibrationError").Value, 1e-12);
    }

    [Fact]
    public void ErrorQuantiles_AreThoseOfTheLabelLessThePrediction()
    {
        ScoredNumber[] rows = [.. Enumerable.Range(0, 101).Select(i => new ScoredNumber(i, 0, 1))];
        Dictionary<string, double> metrics = RegressionMetrics.Of(rows).All().ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(50, metrics["medianAbsoluteError"]);
        Assert.Equal((5.0, 25.0, 75.0, 95.0), (metrics["errorQuantile05"], metrics["errorQuantile25"], metrics["errorQuantile75"],
            metrics["errorQuantile95"]));
    }

    [Fact]
    public void AClassWithoutTestRows_DoesNotCountForTheMacroAccuracy()
    {
        var metrics = MulticlassMetrics.Of([new(0, 0, [0.9f, 0.1f, 0], 1), new(1, 0, [0.9f, 0.1f, 0], 1)], ["a", "b", "c"]);
        Assert.Equal(0.5, metrics.All()[1].Value);
        Assert.Equal([1, 1, 0], metrics.Classes.Select(one => one.TestRows));
        Assert.Equal([2, 0, 0], metrics.Classes.Select(one => one.PredictedRows));
    }

    [Fact]
    public void TheAreaOfSeveralClasses_IsTheMeanOfThoseOfEachAgainstTheOthers()
    {
        ScoredClass[] rows = [.. Enumerable.Range(0, 120).Select(_ =>
        {
            int label = _random.Next(3);
            // One decimal, so that there are ties.
            float[] scores =
            [
                .. Enumerable.Range(0, 4).Select(one => one == 3 ? 0 : MathF.Round(_random.NextSingle() + (one == label ? 0.4f : 0), 1)),
            ];
            return new ScoredClass(label, scores.IndexOf(scores.Max()), scores, 1);
        })];
        double expected = Enumerable.Range(0, 3).Average(one => Pairs(rows, one));
        Assert.InRange(expected, 0.6, 0.9);
        Metric area = MulticlassMetrics.Of(rows, ["a", "b", "c", "none"]).WithIntervals(1)
            .Single(metric => metric.Name == "macroAreaUnderRocCurve");
        Assert.Equal(expected, area.Value, 1e-12);
        Assert.InRange(expected, area.Low!.Value, area.High!.Value);
        Assert.InRange(area.High.Value - area.Low.Value, 0.02, 0.25);

        // How often a row of the class has the larger score than one that is not; a tie is half (Hanley and McNeil 1982).
        static double Pairs(ScoredClass[] rows, int one) => rows.Where(row => row.Label == one)
            .SelectMany(row => rows.Where(other => other.Label != one)
                .Select(other => (1 + Math.Sign(row.Probabilities[one] - other.Probabilities[one])) / 2.0)).Average();
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
