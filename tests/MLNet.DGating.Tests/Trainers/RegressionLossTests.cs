using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>The losses of the regression trainer, from options to saved model.</summary>
public class RegressionLossTests
{
    private static readonly TrainingTask s_task = TrainingTask.Get("regression");
    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<DGatingRegressionLoss> Losses => [.. Enum.GetValues<DGatingRegressionLoss>()];

    [Theory, MemberData(nameof(Losses))]
    public void Fit_KeepsWhatMatters_AndScoresTheSameAfterAWayThroughAFile(DGatingRegressionLoss loss)
    {
        DataRow[] rows = Rows(loss, 400, seed: 1), unseen = Rows(loss, 100, seed: 2);
        IDataView data = DataRow.View(_context, rows);
        Fitted fitted = s_task.Fit(_context, data, 2, With(loss));
        Assert.Equal([0, 1], fitted.Selected);
        Assert.Equal(fitted.Bits(_context, unseen), fitted.SaveAndLoad(_context, data.Schema).Bits(_context, unseen));
        Assert.True(s_task.QualityOn(_context, fitted, unseen) > 0.6, $"R² is {s_task.QualityOn(_context, fitted, unseen):f3}.");
        if (loss is DGatingRegressionLoss.Poisson or DGatingRegressionLoss.Gamma)
        {
            Assert.All(fitted.Scores(_context, unseen), score => Assert.True(score > 0));
            Assert.InRange(fitted.Scores(_context, rows).Average() / rows.Average(row => row.Target), 0.9, 1.1);
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void FitPath_HasAMetricThatGrowsWithTheFeaturesThatMatter(DGatingRegressionLoss loss)
    {
        IDataView data = DataRow.View(_context, Rows(loss, 400, seed: 1));
        DGatingPath<RegressionPredictionTransformer<DGatingRegressionModelParameters>> path =
            ((DGatingRegressionTrainer)s_task.Trainer(_context, null, With(loss))).FitPath(data);
        double Metric(int count) => path.Candidates.Single(candidate => candidate.FeatureCount == count).Metric;
        Assert.True(Metric(2) > 0.4 && Metric(2) > Metric(1), path.ToString());
        Assert.Equal(loss == DGatingRegressionLoss.Squared ? "R²" : "D²", path.MetricName);
        Assert.All(path.Candidates, candidate => Assert.True(candidate.BoundedLoss >= 0));
        Assert.InRange(path.SparsestFeatureCount, 2, 3);
    }

    [Theory]
    [InlineData(DGatingRegressionLoss.Quantile)]
    [InlineData(DGatingRegressionLoss.Poisson)]
    public void StabilitySelectionAndSearch_WorkWithEveryLoss(DGatingRegressionLoss loss)
    {
        IDataView data = DataRow.View(_context, Rows(loss, 200, seed: 1));
        var trainer = (DGatingRegressionTrainer)s_task.Trainer(_context, null, With(loss));
        DGatingStability<RegressionPredictionTransformer<DGatingRegressionModelParameters>> stability =
            trainer.FitStability(data, pairs: 3);
        Assert.Equal([0, 1], stability.ModelOf(2).Model.FeatureSelection.SelectedIndices);
        Assert.NotNull(trainer.FitBest(data, trials: 2).Transformer);
    }

    [Fact]
    public void Quantiles_CoverAboutTheirShareOfUnseenRows_AndNeverCross()
    {
        DataRow[] rows = Spread(1500, seed: 1), unseen = Spread(1000, seed: 2);
        Fitted fitted = s_task.Fit(_context, rows, 2, With(DGatingRegressionLoss.Quantile, options =>
        {
            options.Quantiles = [0.1, 0.5, 0.9];
            options.NumberOfRefitIterations = 40;
        }));
        float[][] quantiles = [.. fitted.Transformer.Transform(DataRow.View(_context, unseen)).GetColumn<float[]>("Quantiles")];
        Assert.All(quantiles, row => Assert.Equal(row.Order(), row));
        Assert.Equal(quantiles.Select(row => row[1]), fitted.Scores(_context, unseen));
        Assert.InRange(Below(0), 0.05, 0.16);
        Assert.InRange(Below(1), 0.43, 0.57);
        Assert.InRange(Below(2), 0.84, 0.95);

        // The spread grows with the second slot, and so does the interval.
        double Width(bool isWide) => quantiles.Where((_, row) => unseen[row].Values[1] > 0.5 == isWide).Average(row => row[2] - row[0]);
        Assert.True(Width(true) > 1.5 * Width(false), $"{Width(true):f2} and {Width(false):f2}");

        double Below(int level) => quantiles.Where((row, i) => unseen[i].Target <= row[level]).Count() / 1000.0;
    }

    [Fact]
    public void OneLevel_IsAModelOfOneScore_WithoutAFurtherColumn()
    {
        DataRow[] rows = Spread(800, seed: 1);
        Fitted fitted = s_task.Fit(_context, rows, 2, With(DGatingRegressionLoss.Quantile, options => options.Quantiles = [0.8]));
        IDataView scored = fitted.Transformer.Transform(DataRow.View(_context, rows));
        Assert.Null(scored.Schema.GetColumnOrNull("Quantiles"));
        Assert.InRange(fitted.Scores(_context, rows).Zip(rows).Average(pair => pair.Second.Target <= pair.First ? 1.0 : 0), 0.72, 0.88);
    }

    [Fact]
    public void TheColumnsOfQuantiles_ArePromisedAndDelivered()
    {
        IDataView data = DataRow.View(_context, Spread(100, seed: 1));
        IEstimator<ITransformer> trainer = s_task.Trainer(_context, 2, With(DGatingRegressionLoss.Quantile));
        SchemaShape promised = trainer.GetOutputSchema(SchemaShape.Create(data.Schema));
        ITransformer model = trainer.Fit(data);
        SchemaContract.AssertDelivered(promised, model.Transform(data).Schema);
        SchemaContract.AssertDelivered(promised, model.GetOutputSchema(data.Schema));
        Interval interval = _context.Data.CreateEnumerable<Interval>(model.Transform(data), reuseRowObject: false).First();
        Assert.Equal(3, interval.Quantiles.Length);
        Assert.Equal(interval.Quantiles[1], interval.Score);
    }

    [Theory]
    [InlineData(DGatingRegressionLoss.Poisson, -1f, "at least 0")]
    [InlineData(DGatingRegressionLoss.Gamma, 0f, "above 0")]
    public void ALabelOutsideTheDomain_IsNamedBeforeTraining(DGatingRegressionLoss loss, float label, string rule)
    {
        DataRow[] rows = Rows(loss, 50, seed: 1);
        rows[7].Target = label;
        string message = Assert.ThrowsAny<ArgumentOutOfRangeException>(() => s_task.Fit(_context, rows, 2, With(loss))).Message;
        Assert.StartsWith(
            $"Row 7 of the training data has the label {label} in column 'Target', but labels must be {rule}", message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DGatingRegressionLoss.Huber)]
    [InlineData(DGatingRegressionLoss.Poisson)]
    [InlineData(DGatingRegressionLoss.Gamma)]
    public void SmoothLosses_AreCertified(DGatingRegressionLoss loss)
    {
        Fitted fitted = s_task.Fit(_context, Rows(loss, 200, seed: 1), null, With(loss, options =>
        {
            options.HiddenLayers = [];
            options.GateDepth = 2;
            options.Lambda = 0.05;
            options.ComputeCertificate = true;
        }));
        Assert.True(fitted.Report.Certificate!.IsStationary, fitted.Report.Certificate.ToString());
    }

    [Theory]
    [InlineData(DGatingRegressionLoss.Poisson, 1000, 20)]
    [InlineData(DGatingRegressionLoss.Gamma, 1000, 20)]
    [InlineData(DGatingRegressionLoss.Poisson, 1e6, 200)]
    [InlineData(DGatingRegressionLoss.Gamma, 20, 0.01)]
    public void LabelsThatDifferLittleFromTheirMean_AreLearnedAsAnyOthers(DGatingRegressionLoss loss, double mean, double deviation)
    {
        DataRow[] Of(int rows, int seed)
        {
            DataRow[] planted = Planted.Linear(rows, 5, 2, seed);
            Array.ForEach(planted, row => row.Target = (float)(mean + deviation * row.Target));
            return planted;
        }

        var warnings = new List<string>();
        _context.Log += (_, message) =>
        {
            if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
            {
                warnings.Add(message.Message);
            }
        };
        DataRow[] rows = Of(400, seed: 1), unseen = Of(100, seed: 2);
        Fitted fitted = s_task.Fit(_context, DataRow.View(_context, rows), 2, With(loss));
        Assert.Empty(warnings);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.True(s_task.QualityOn(_context, fitted, unseen) > 0.9, $"R² is {s_task.QualityOn(_context, fitted, unseen):f3}.");
        Fitted dense = s_task.Fit(_context, DataRow.View(_context, rows), 5, With(loss));
        Assert.True(s_task.QualityOn(_context, dense, unseen) > 0.9);
    }

    [Fact]
    public void Huber_IsHardlyMovedByAFewLabelsFarAway()
    {
        DataRow[] rows = Planted.Linear(400, 5, 2, seed: 1), unseen = Planted.Linear(200, 5, 2, seed: 2);
        foreach (int row in Enumerable.Range(0, 20))
        {
            rows[20 * row].Target = 60;
        }

        double Quality(DGatingRegressionLoss loss) => s_task.QualityOn(_context, s_task.Fit(_context, rows, 2, With(loss)), unseen);
        Assert.True(Quality(DGatingRegressionLoss.Huber) > 0.9);
        Assert.True(Quality(DGatingRegressionLoss.Absolute) > 0.9);
        Assert.True(Quality(DGatingRegressionLoss.Squared) < 0.5);
    }

    private static Action<DGatingTrainerOptions> With(
        DGatingRegressionLoss loss, Action<DGatingRegressionTrainer.Options>? change = null) => options =>
    {
        var regression = (DGatingRegressionTrainer.Options)options;
        regression.Loss = loss;
        regression.NumberOfRefitIterations = 20;
        change?.Invoke(regression);
    };

    // The label is x₀ − x₁ with noise, or a number above 0 whose logarithm that is; a count for Poisson.
    private static DataRow[] Rows(DGatingRegressionLoss loss, int rows, int seed)
    {
        DataRow[] planted = Planted.Linear(rows, 5, 2, seed);
        foreach (DataRow row in planted)
        {
            row.Target = loss switch
            {
                DGatingRegressionLoss.Poisson => MathF.Round(5 * MathF.Exp(0.5f * row.Target)),
                DGatingRegressionLoss.Gamma => MathF.Exp(0.5f * row.Target),
                _ => row.Target,
            };
        }

        return planted;
    }

    // The label's mean is x₀, and its spread is four times as large where x₁ is above ½.
    private static DataRow[] Spread(int rows, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Planted.Linear(rows, 5, 1, seed, noise: 0).Select(row =>
            {
                row.Target += 0.3f * (row.Values[1] > 0.5 ? 4 : 1) * Planted.Gauss(random);
                return row;
            }),
        ];
    }

    private sealed class Interval
    {
        public float Score { get; set; }

        [VectorType(3)]
        public float[] Quantiles { get; set; } = [];
    }
}
