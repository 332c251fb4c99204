using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>A step size that is too large is halved, with a warning; where that does not help, an error says so. Nothing absurd comes out silently.</summary>
public class DivergenceTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Linear(150, 6, 2, seed: 1);

    // Which of the two it is at which rate is chaos, and differs between processors.
    [Theory, AllTasks]
    public void Fit_WithALearningRateTooLarge_WarnsAndGivesAModelOrSaysThatItCannot(string task)
    {
        var log = new MessageLog(_context);
        foreach (double rate in (double[])[8, 16, 60, 100, 300, 1000])
        {
            try
            {
                Fitted fitted = TrainingTask.Get(task).Fit(_context, _rows, 2, options => options.LearningRate = rate);
                Assert.Equal(2, fitted.Selected.Length);
                // In standardized units a squared error of 1000 is where training counts as diverged; labels here have a deviation of 1.4.
                Assert.All(fitted.Scores(_context, _rows), score => Assert.InRange(score, -1e5, 1e5));
            }
            catch (InvalidOperationException error)
            {
                Assert.StartsWith("Training diverged 6 times, at last with step size ", error.Message, StringComparison.Ordinal);
            }
        }

        Assert.NotEmpty(log.Warnings);
        Assert.All(log.Warnings, warning => Assert.True(
            warning.StartsWith("Training diverged (the loss grew without bound); going on from the last good state with step size ", StringComparison.Ordinal)
            || warning.StartsWith("The model fits its training rows no better than a constant does (mean loss ", StringComparison.Ordinal), warning));
    }

    [Fact]
    public void Fit_ThatEndsNoBetterThanAConstant_SaysSo()
    {
        // All neurons die at once, and the loss stays finite.
        var log = new MessageLog(_context);
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, _rows, 2, options => options.LearningRate = 2);
        Assert.True(TrainingTask.Get("regression").Quality(_context, fitted.Transformer.Transform(DataRow.View(_context, _rows))) < 0.1);
        Assert.Contains(log.Warnings, warning => warning.Contains("no better than a constant", StringComparison.Ordinal) && warning.EndsWith("try a step size below 2.", StringComparison.Ordinal));
    }

    [Theory, AllTasks]
    public void Fit_WithALearningRateFarTooLarge_SaysSo(string task)
    {
        var error = Assert.ThrowsAny<InvalidOperationException>(() => TrainingTask.Get(task).Fit(_context, _rows, 2, options => options.LearningRate = 1e6));
        Assert.Equal("Training diverged 6 times, at last with step size 3.12e+04. Check the features and labels for extreme values, or set LearningRate far below that.", error.Message);
    }

    [Theory, AllTasks]
    public void Fit_OfExtremeValues_DoesNotDiverge(string task)
    {
        var log = new MessageLog(_context);
        DataRow[] extreme = [.. _rows.Select((row, i) => row.With([1e30f * row.Values[0], 1e-30f * row.Values[1], i == 0 ? float.MaxValue : row.Values[2], .. row.Values[3..]]))];
        Fitted fitted = TrainingTask.Get(task).Fit(_context, extreme, 2);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.All(fitted.Scores(_context, extreme), score => Assert.True(float.IsFinite(score)));
        Assert.Empty(log.Warnings);
    }
}
