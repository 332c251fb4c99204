using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Models that are the mean of several networks.</summary>
public class EnsembleSizeTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory]
    [AllTasks]
    public void TheModel_IsOneNetwork_ThatIsSavedAndLoaded_WithTheSameScores(string task)
    {
        DataRow[] rows = Planted.Linear(300, 5, 2, seed: 1);
        Fitted one = TrainingTask.Get(task).Fit(_context, rows, 2);
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 2, options => options.EnsembleSize = 3);
        Assert.Equal(one.Selected, fitted.Selected);
        Assert.NotEqual(one.Scores(_context, rows), fitted.Scores(_context, rows));
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, rows).Schema);
        Assert.Equal(fitted.Scores(_context, rows), loaded.Scores(_context, rows));
    }
}
