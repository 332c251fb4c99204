using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Any number of rows goes with any size of batch.</summary>
public class BatchTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks]
    public void Fit_WithABatchLargerThanTheData_TakesAllRows(string task)
    {
        DataRow[] rows = Planted.Linear(50, 4, 2, seed: 1);
        byte[] Bits(int batch) => TrainingTask.Get(task).Fit(_context, rows, 2, options => options.BatchSize = batch).Bits(_context, rows);
        Assert.Equal(Bits(50), Bits(int.MaxValue));
        Assert.NotEqual(Bits(50), Bits(25));
    }

    [Theory, AllTasks]
    public void Fit_WithABatchOfOneRow_FindsWhatMatters_IfStepsAreSmall_AndGivesNumbersOtherwise(string task)
    {
        DataRow[] rows = Planted.Linear(50, 4, 2, seed: 1);
        Assert.All(Fit(DGatingDefaults.LearningRate).Scores(_context, rows), score => Assert.True(float.IsFinite(score)));

        Fitted fitted = Fit(DGatingDefaults.LearningRate / 20);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, rows), 0.8, 1);

        Fitted Fit(double rate) => TrainingTask.Get(task).Fit(
            _context, rows, 2, options => (options.BatchSize, options.LearningRate) = (1, rate));
    }

    [Theory, AllTasks(7, 49)]
    public void Fit_WithABatchThatDoesNotDivideTheRows_FindsWhatMatters(string task, int batch)
    {
        DataRow[] rows = Planted.Linear(50, 4, 2, seed: 1);
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 2, options => options.BatchSize = batch);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, rows), 0.8, 1);
    }

    [Theory, AllTasks(3, 4, 6)]
    public void Fit_OfVeryFewRows_WithEverythingLeftOpen_Works(string task, int count)
    {
        // One row of each class, then more.
        DataRow[] rows = [.. Enumerable.Range(0, count).Select(i => DataRow.Create([i, -i, i % 2], i % 3 - 1))];
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, change: options => options.InputNoise = null);
        Assert.All(fitted.Scores(_context, rows), score => Assert.True(float.IsFinite(score)));
        Assert.InRange(fitted.Selected.Length, 1, 3);
    }

    // Three classes need three rows.
    [Theory]
    [InlineData("binary")]
    [InlineData("regression")]
    public void Fit_OfTwoRows_WarnsThatNothingCanBeHeldOut(string task)
    {
        var log = new MessageLog(_context);
        DataRow[] rows = [DataRow.Create([1, 2], -1), DataRow.Create([2, 1], 1)];
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, change: options => options.InputNoise = null);
        Assert.All(fitted.Scores(_context, rows), score => Assert.True(float.IsFinite(score)));
        Assert.Equal(
            ["2 rows are too few to hold some out: training without input noise, on all features unless a count was given."], log.Warnings);
    }
}
