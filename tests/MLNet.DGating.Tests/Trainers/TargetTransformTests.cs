using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Skewed labels: logarithms as targets, and predictions of the mean.</summary>
public class TargetTransformTests
{
    private static readonly TrainingTask s_task = TrainingTask.Get("regression");
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log_PredictsTheMean_NeverBelowZero_AndBetterThanWithout(bool hasZeros)
    {
        DataRow[] rows = Prices(1500, hasZeros, seed: 1), unseen = Prices(3000, hasZeros, seed: 2);
        Fitted fitted = Fit(rows, DGatingTargetTransform.Log), without = Fit(rows, DGatingTargetTransform.None);
        float[] scores = fitted.Scores(_context, unseen);
        Assert.All(scores, score => Assert.True(score >= 0));
        Assert.Contains(without.Scores(_context, unseen), score => score < 0);
        Assert.InRange(scores.Average() / unseen.Average(row => row.Target), 0.93, 1.07);
        Assert.InRange(fitted.Scores(_context, rows).Average() / rows.Average(row => row.Target), 0.99, 1.01);
        Assert.True(hasZeros || s_task.QualityOn(_context, fitted, unseen) > s_task.QualityOn(_context, without, unseen));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log_ScoresTheSameAfterAWayThroughAFile(bool hasZeros)
    {
        DataRow[] rows = Prices(300, hasZeros, seed: 1);
        Fitted fitted = Fit(rows, DGatingTargetTransform.Log);
        Assert.Equal(
            fitted.Bits(_context, rows), fitted.SaveAndLoad(_context, DataRow.View(_context, rows).Schema).Bits(_context, rows));
    }

    [Fact]
    public void Auto_TakesLogarithms_WhereTheyAreBetterOnHeldOutRows()
    {
        var log = new MessageLog(_context);
        // With little noise the difference is far above its standard error.
        DataRow[] rows = Prices(1500, hasZeros: false, seed: 1, noise: 0.1);
        Fitted chosen = Fit(rows, DGatingTargetTransform.Auto);
        Assert.Contains(
            log.Information, text => text.StartsWith("Target transform: logarithm. On 300 held-out rows", StringComparison.Ordinal));
        Assert.Equal(Fit(rows, DGatingTargetTransform.Log).Bits(_context, rows), chosen.Bits(_context, rows));
    }

    [Fact]
    public void Auto_LeavesLabelsAsTheyAre_WhereTheyAreNotSkewedOrNegative()
    {
        DataRow[] symmetric = Planted.Linear(300, 5, 2, seed: 1), shifted = Planted.Linear(300, 5, 2, seed: 1);
        Array.ForEach(shifted, row => row.Target += 50);
        foreach (DataRow[] rows in (DataRow[][])[symmetric, shifted])
        {
            Assert.Equal(
                Fit(rows, DGatingTargetTransform.None).Bits(_context, rows), Fit(rows, DGatingTargetTransform.Auto).Bits(_context, rows));
        }
    }

    [Fact]
    public void Auto_WithSlotsThatAreConstantOnAPartOfTheRows_Chooses()
    {
        var log = new MessageLog(_context);
        DataRow[] rows = [.. Prices(300, hasZeros: false, seed: 1).Select((row, i) =>
        {
            float[] rare = new float[20];
            rare[i % 20] = i < 20 ? 1 : 0;
            DataRow wider = row.With([.. row.Values, .. rare]);
            wider.Target = row.Target;
            return wider;
        })];
        Fit(rows, DGatingTargetTransform.Auto);
        Assert.Contains(log.Information, text => text.Contains("On 60 held-out rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Auto_IsChosenOnTheValidationRows_WhereThereAreAny()
    {
        var log = new MessageLog(_context);
        IEstimator<ITransformer> trainer = Trainer(DGatingTargetTransform.Auto);
        DataRow[] rows = Prices(600, hasZeros: false, seed: 1), validation = Prices(200, hasZeros: false, seed: 2);
        s_task.FitWithValidation(trainer, DataRow.View(_context, rows), DataRow.View(_context, validation));
        Assert.Contains(log.Information, text => text.Contains("On 200 held-out rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Log_OfANegativeLabel_IsRefused()
    {
        DataRow[] rows = Planted.Linear(50, 5, 2, seed: 1);
        string message = Assert.ThrowsAny<ArgumentOutOfRangeException>(() => Fit(rows, DGatingTargetTransform.Log)).Message;
        Assert.Contains(
            "but labels must be at least 0 where logarithms are learned. Use another loss, without a target transform.",
            message, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_OfRowsThatDoNotFitInMemory_LearnsTheStream()
    {
        DataRow[] rows = Prices(3000, hasZeros: false, seed: 1), unseen = Prices(1000, hasZeros: false, seed: 2);
        Fitted fitted = s_task.Fit(_context, rows, 2, options =>
        {
            ((DGatingRegressionTrainer.Options)options).TargetTransform = DGatingTargetTransform.Log;
            options.MaximumRowMemory = 1000 * 5 * sizeof(float);
        });
        Assert.True(s_task.QualityOn(_context, fitted, unseen) > 0.5);
    }

    private IEstimator<ITransformer> Trainer(DGatingTargetTransform transform) => s_task.Trainer(_context, 2, options =>
    {
        ((DGatingRegressionTrainer.Options)options).TargetTransform = transform;
        options.NumberOfRefitIterations = 20;
    });

    private Fitted Fit(DataRow[] rows, DGatingTargetTransform transform) => new(Trainer(transform).Fit(DataRow.View(_context, rows)));

    // The logarithm of the label is x₀ − x₁ with noise; a tenth of the labels may be 0.
    private static DataRow[] Prices(int rows, bool hasZeros, int seed, double noise = 0.6)
    {
        var random = new Random(seed);
        DataRow[] planted = Planted.Linear(rows, 5, 2, seed, noise);
        foreach (DataRow row in planted)
        {
            row.Target = hasZeros && random.Next(10) == 0 ? 0 : 100 * MathF.Exp(row.Target);
        }

        return planted;
    }
}
