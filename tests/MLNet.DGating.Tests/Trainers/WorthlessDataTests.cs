using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Labels that do not follow from the features, and labels that do.</summary>
public class WorthlessDataTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks]
    public void Fit_WhereNoFeatureHelps_KeepsNone_AndSaysSo(string task)
    {
        var log = new MessageLog(_context);
        Fitted fitted = TrainingTask.Get(task).Fit(_context, Rows(isWorthless: true), null, options => options.NumberOfThreads = 2);
        Assert.Empty(fitted.Selected);
        Assert.False(fitted.Report.IsBetterThanConstant);
        Assert.Contains("Nothing here predicts the label better than a constant does.", fitted.Report.ToString(), StringComparison.Ordinal);
        Assert.Single(log.Warnings, warning => warning.StartsWith("The features do not predict the label", StringComparison.Ordinal));
        DataRow[] rows = Rows(isWorthless: true);
        Assert.All(rows[1..20], row => Assert.Equal(fitted.Scores(_context, rows[..1]), fitted.Scores(_context, [row])));
    }

    [Theory, AllTasks]
    public void Fit_WhereFeaturesHelp_SaysHowSureTheirNumberIs(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, Rows(isWorthless: false));
        Assert.True(fitted.Report.IsBetterThanConstant);
        FeatureCountChoice choice = fitted.Report.Choice!;
        Assert.InRange(choice.HeldOutRows, 115, 600);
        Assert.InRange(choice.Agreement, 0, 1);
        Assert.Contains(choice.ToString(), fitted.Report.ToString(), StringComparison.Ordinal);
        Assert.Null(TrainingTask.Get(task).Fit(_context, Rows(isWorthless: false), 2).Report.Choice);
    }

    [Fact]
    public void FitPath_WhereNoFeatureHelps_HasAConstantAsItsSparsestModel()
    {
        var trainer = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context);
        DGatingPath<Microsoft.ML.Data.RegressionPredictionTransformer<DGatingRegressionModelParameters>> path =
            trainer.FitPath(DataRow.View(_context, Rows(isWorthless: true)));
        Assert.False(path.IsBetterThanConstant);
        Assert.Equal(0, path.SparsestFeatureCount);
        Assert.Equal(0, path.Candidates[^1].FeatureCount);
        Assert.Empty(path.SparsestWithinOneStandardError.Model.FeatureSelection.SelectedIndices);
        Assert.False(path.Best.Model.FeatureSelection.IsBetterThanConstant);
    }

    [Fact]
    public void FitPathCrossValidated_WithACount_KeepsIt_WhereNoFeatureHelps()
    {
        var trainer = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, count: 2);
        DGatingPath path = trainer.FitPathCrossValidated(DataRow.View(_context, Rows(isWorthless: true)), folds: 3);
        Assert.Equal(2, path.SparsestFeatureCount);
        Assert.Equal([2], path.Candidates.Select(candidate => candidate.FeatureCount));
        Assert.False(path.IsBetterThanConstant);
    }

    [Fact]
    public void FitPath_WithACount_EvaluatesThatOneAlone()
    {
        var trainer = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, count: 2);
        DGatingPath path = trainer.FitPath(DataRow.View(_context, Rows(isWorthless: false)));
        Assert.Equal((2, 2), (path.BestFeatureCount, path.SparsestFeatureCount));
        Assert.Empty(path.Candidates);
        Assert.Equal("Not judged: 2 features were asked for, and no rows were held out.", path.Judging);
        Assert.Equal(6, path.Points[0].FeatureCount);
        Assert.True(path.IsComplete);
    }

    private static DataRow[] Rows(bool isWorthless)
    {
        DataRow[] rows = Planted.Linear(600, 6, 2, seed: 1);
        DataRow[] others = Planted.Linear(600, 6, 2, seed: 2);
        return isWorthless ? [.. rows.Zip(others, (row, other) => DataRow.Create(row.Values, other.Target))] : rows;
    }
}
