using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>A step size that is too large is halved, with a warning; where that does not help, an error says so.</summary>
public class DivergenceTests
{
    private const string Halved =
        "Training diverged (the loss grew without bound); going on from the last good state with step size ";
    private const string Constant = "The features do not predict the label better than a constant does. ";

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;
    private readonly DataRow[] _rows = Planted.Linear(150, 6, 2, seed: 1);

    public DivergenceTests() => _log = new MessageLog(_context);

    // Whether there is a model at a rate is chaos, and differs between processors; that no bad one comes out silently is not.
    [Theory, AllTasks(8.0, 16.0, 60.0, 100.0, 300.0, 1000.0)]
    public void Fit_WithALearningRateTooLarge_WarnsOfTheModel_OrSaysHowOftenItTried(string task, double rate)
    {
        Fitted? fitted = null;
        Exception? error = Record.Exception(
            () => fitted = TrainingTask.Get(task).Fit(_context, _rows, 2, options => options.LearningRate = rate));
        int halved = _log.Warnings.Count(warning => warning.StartsWith(Halved, StringComparison.Ordinal));
        int constant = _log.Warnings.Count(warning => warning.StartsWith(Constant, StringComparison.Ordinal));
        Assert.Equal(_log.Warnings.Length, halved + constant);
        if (fitted is null)
        {
            string message = Assert.IsAssignableFrom<InvalidOperationException>(error).Message;
            Assert.StartsWith("Training diverged 6 times, at last with step size ", message, StringComparison.Ordinal);
            Assert.InRange(halved, 5, int.MaxValue);
        }
        else
        {
            Assert.Equal(2, fitted.Selected.Length);
            // In standardized units a squared error of 1000 is where training counts as diverged; labels here have a deviation of 1.4.
            Assert.All(fitted.Scores(_context, _rows), score => Assert.InRange(score, -1e5, 1e5));
            Assert.InRange(halved + constant, 1, int.MaxValue);
        }
    }

    [Fact]
    public void Fit_ThatEndsNoBetterThanAConstant_SaysSo()
    {
        // All neurons die at once, and the loss stays finite.
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, _rows, 2, options => options.LearningRate = 2);
        Assert.InRange(TrainingTask.Get("regression").QualityOn(_context, fitted, _rows), -1, 0.1);
        string warning = Assert.Single(_log.Warnings, warning => warning.StartsWith(Constant, StringComparison.Ordinal));
        Assert.EndsWith("try a step size below 2.", warning, StringComparison.Ordinal);
    }

    [Theory, AllTasks]
    public void Fit_WithALearningRateFarTooLarge_SaysSo(string task)
    {
        InvalidOperationException error = Assert.ThrowsAny<InvalidOperationException>(
            () => TrainingTask.Get(task).Fit(_context, _rows, 2, options => options.LearningRate = 1e6));
        Assert.Equal(
            "Training diverged 6 times, at last with step size 3.12e+04. "
            + "Check the features and labels for extreme values, or set LearningRate far below that.", error.Message);
    }

    [Theory, AllTasks]
    public void Fit_OfExtremeValues_DoesNotDiverge(string task)
    {
        DataRow[] extreme = [.. _rows.Select((row, i) => row.With(
            [1e30f * row.Values[0], 1e-30f * row.Values[1], i == 0 ? float.MaxValue : row.Values[2], .. row.Values[3..]]))];
        Fitted fitted = TrainingTask.Get(task).Fit(_context, extreme, 2);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.All(fitted.Scores(_context, extreme), score => Assert.True(float.IsFinite(score)));
        Assert.Empty(_log.Warnings);
    }
}
