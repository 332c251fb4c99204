using Microsoft.ML;

namespace MLNet.DGating.Tests.Results;

/// <summary>λ so large that nothing survives: a valid constant model, and a warning.</summary>
public class EmptySelectionTests
{
    private readonly MLContext _context = new(seed: 1);
    private readonly DataRow[] _rows = Planted.Linear(100, 5, 2, seed: 1);

    [Theory, AllTasks]
    public void Fit_WithAHugeLambda_GivesAConstantAndWarns(string task)
    {
        var log = new MessageLog(_context);
        Fitted fitted = Fit(task);
        Assert.Equal(
            ["At λ = 1000 no feature survives: the model is a constant. Use a smaller Lambda, or MaximumFeatureCount."], log.Warnings);
        Assert.Empty(fitted.Selected);
        Assert.Equal(0, fitted.Path[^1].FeatureCount);
        Assert.All(fitted.FeatureWeights, weight => Assert.Equal(0, weight));

        float[] one = fitted.Scores(_context, [_rows[0]]);
        Assert.All(_rows, row => Assert.Equal(one, fitted.Scores(_context, [row])));
    }

    [Theory, AllTasks]
    public void Scores_OfAConstantModel_AreTheBestConstant(string task)
    {
        float[] scores = Fit(task).Scores(_context, [_rows[0]]);
        if (task == "regression")
        {
            Assert.Equal(_rows.Average(row => row.Target), scores[0], 1e-4);
        }
        else if (task == "binary")
        {
            Assert.Equal(_rows.Average(row => row.Flag ? 1.0 : 0), scores[1], 0.02);
        }
        else
        {
            Assert.All([0, 1, 2], kind => Assert.Equal(_rows.Average(row => row.Kind == kind ? 1.0 : 0), scores[kind], 0.02));
        }
    }

    [Theory, AllTasks]
    public void SaveAndLoad_OfAConstantModel_GivesTheSameBits(string task)
    {
        Fitted fitted = Fit(task);
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, _rows).Schema);
        Assert.Equal(fitted.Bits(_context, _rows), loaded.Bits(_context, _rows));
        Assert.Contains(
            "0 of 5 features selected from 'Features': the model predicts a constant.", loaded.Report.ToString(), StringComparison.Ordinal);
    }

    private Fitted Fit(string task) => TrainingTask.Get(task).Fit(_context, _rows, change: options => options.Lambda = 1000);
}
