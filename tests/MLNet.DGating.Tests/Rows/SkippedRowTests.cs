using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Rows that cannot be used are skipped in training, with ML.NET's own warning; in scoring nothing is skipped.</summary>
public class SkippedRowTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Linear(80, 4, 2, seed: 1);

    [Theory, AllTasks(float.NaN, float.PositiveInfinity, float.NegativeInfinity)]
    public void Fit_SkipsRowsWithAFeatureThatIsNotFinite_WhereMissingOnesAreNotEncoded(string task, float value)
    {
        DataRow[] bad = [.. _rows[..3].Select(row => row.With([1, value, 3, 4]))];
        AssertSkipped(
            task, [.. _rows[..40], .. bad, .. _rows[40..]], 3, options => options.MissingValues = DGatingMissingValues.Skip);
    }

    [Theory, AllTasks(float.PositiveInfinity, float.NegativeInfinity)]
    public void Fit_SkipsRowsWithAnInfiniteFeature_InAnyCase(string task, float value)
    {
        DataRow[] bad = [.. _rows[..3].Select(row => row.With([1, value, 3, float.NaN]))];
        AssertSkipped(task, [.. _rows[..40], .. bad, .. _rows[40..]], 3);
    }

    // A Boolean is never missing.
    [Theory]
    [InlineData("multiclass")]
    [InlineData("regression")]
    public void Fit_SkipsRowsWithoutALabel(string task)
    {
        DataRow[] bad = [.. _rows[..2].Select(row => row.With(row.Values))];
        Array.ForEach(bad, row => (row.Target, row.Kind) = (float.NaN, uint.MaxValue));
        AssertSkipped(task, [.. bad, .. _rows], 2);
    }

    [Theory, AllTasks(float.NaN, float.PositiveInfinity)]
    public void Fit_SkipsRowsWithoutAWeight(string task, float weight)
    {
        DataRow[] bad = [.. _rows[..2].Select(row => row.With([50, 60, 70, 80]))];
        Array.ForEach(bad, row => row.Weight = weight);
        AssertSkipped(task, [.. bad, .. _rows], 2, options => options.ExampleWeightColumnName = "Weight");
    }

    [Theory, AllTasks]
    public void Fit_OfGoodRows_WarnsOfNothing(string task)
    {
        var log = new MessageLog(_context);
        TrainingTask.Get(task).Fit(_context, _rows, 2);
        Assert.Empty(log.Warnings);
    }

    [Theory, AllTasks]
    public void Fit_SkipsValidationRowsAsWell_AndSaysSo(string task)
    {
        var log = new MessageLog(_context);
        DataRow[] validation = [.. Planted.Linear(50, 4, 2, seed: 2), _rows[0].With([float.PositiveInfinity, 0, 0, 0])];
        TrainingTask.Get(task).FitWithValidation(
            TrainingTask.Get(task).Trainer(_context, 2), DataRow.View(_context, _rows), DataRow.View(_context, validation));
        Assert.Equal(["Skipped 1 instances with missing features/label/weight during validation"], log.Warnings);
    }

    [Theory, AllTasks]
    public void Transform_OfARowThatTrainingSkips_ScoresNaN(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, 2, options => options.MissingValues = DGatingMissingValues.Skip);
        DataRow[] scored = [_rows[0], _rows[0].With([float.NaN, float.NaN, 0, 0]), _rows[1]];
        float[] scores = fitted.Scores(_context, scored);
        int each = scores.Length / 3;
        Assert.All(scores[..each], score => Assert.True(float.IsFinite(score)));
        Assert.All(scores[each..(2 * each)], score => Assert.Equal(float.NaN, score));
        Assert.All(scores[(2 * each)..], score => Assert.True(float.IsFinite(score)));
    }

    // The bad rows are counted in the warning and change nothing else.
    private void AssertSkipped(string task, DataRow[] withBad, int bad, Action<DGatingTrainerOptions>? change = null)
    {
        var training = TrainingTask.Get(task);
        byte[] expected = training.Fit(_context, _rows, 2, change).Bits(_context, _rows);
        var log = new MessageLog(_context);
        Assert.Equal(expected, training.Fit(_context, withBad, 2, change).Bits(_context, _rows));
        Assert.Equal([$"Skipped {bad} instances with missing features/label/weight during training"], log.Warnings);
    }
}
