using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Units do not matter: neither the label's nor the features'.</summary>
public class LabelUnitTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly TrainingTask _task = TrainingTask.Get("regression");

    // Labels are standardized before training in float64 and rounded to float32: the targets agree to 1e-7 of a deviation plus what
    // the shift costs, and the fit's steps amplify that.
    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1e-3, 0)]
    [InlineData(1, 50)]
    [InlineData(-250, 1000)]
    public void Fit_WithLabelsScaledAndShifted_ScalesAndShiftsThePredictions(double scale, double shift)
    {
        DataRow[] rows = Planted.Linear(150, 4, 2, seed: 1);
        DataRow[] changed = [.. rows.Select(row => DataRow.Create(row.Values, scale * row.Target + shift))];
        Fitted plain = _task.Fit(_context, rows, 2), other = _task.Fit(_context, changed, 2);
        Assert.Equal(plain.Selected, other.Selected);
        if (scale > 0)
        {
            float[] expected = plain.Scores(_context, rows), actual = other.Scores(_context, rows);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, (pair.Second - shift) / scale, 2e-3));
            Assert.All(plain.Path.Zip(other.Path), pair =>
                Assert.Equal(1, pair.Second.TrainingLoss / (pair.First.TrainingLoss * scale * scale), 0.01));
        }
    }

    [Theory, AllTasks]
    public void Fit_WithFeaturesScaledAndShifted_GivesTheSameScores(string task)
    {
        DataRow[] rows = Planted.Linear(150, 4, 2, seed: 1);
        DataRow[] changed = Array.ConvertAll(rows, row =>
            row.With([1e6f * row.Values[0], 1e-6f * row.Values[1], row.Values[2] + 100, row.Values[3]]));
        Fitted plain = TrainingTask.Get(task).Fit(_context, rows, 2), other = TrainingTask.Get(task).Fit(_context, changed, 2);
        Assert.Equal(plain.Selected, other.Selected);
        Assert.All(plain.Scores(_context, rows).Zip(other.Scores(_context, changed)), pair => Assert.Equal(pair.First, pair.Second, 5e-3f));
    }

    [Fact]
    public void TrainingLoss_OfThePath_IsTheSquaredErrorInTheLabelsUnit()
    {
        // Of labels that the features say nothing of, the squared error stays near the variance; of others it falls far below.
        DataRow[] rows = [.. Planted.Linear(600, 4, 2, seed: 1).Select(row => DataRow.Create(row.Values, 100 * row.Target))];
        DataRow[] unrelated = [.. rows.Select((row, i) => row.With(rows[(i + 300) % 600].Values))];
        double mean = rows.Average(row => row.Target), variance = rows.Average(row => (row.Target - mean) * (row.Target - mean));
        Assert.InRange(_task.Fit(_context, unrelated, count: 2).Path[0].TrainingLoss, 0.8 * variance, 1.1 * variance);
        Assert.InRange(_task.Fit(_context, rows, count: 2).Path[0].TrainingLoss, 0, 0.5 * variance);
    }
}
