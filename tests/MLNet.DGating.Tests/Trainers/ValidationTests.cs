using Microsoft.ML;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Fit(train, validation): the validation rows are what choices are made by.</summary>
public class ValidationTests
{
    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks(null!, 2)]
    public void Fit_WithValidationRows_ReportsTheirLoss(string task, int? count)
    {
        Fitted fitted = Fit(task, Planted.Linear(200, 6, 2, seed: 1), Planted.Linear(100, 6, 2, seed: 2), count);
        Assert.All(fitted.Path, point => Assert.True(double.IsFinite(point.ValidationLoss) && point.ValidationLoss > 0));
    }

    [Theory, AllTasks]
    public void Fit_WithoutThem_ReportsTheLossOfRowsHeldOut_WhereSomethingIsChosen(string task)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, Planted.Linear(200, 6, 2, seed: 1));
        Assert.All(fitted.Path, point => Assert.True(double.IsFinite(point.ValidationLoss) && point.ValidationLoss > 0));
    }

    [Theory, AllTasks]
    public void Fit_ChoosesTheCountByTheValidationRows(string task)
    {
        // The label depends on slot 0 most and on slots 1 to 3; on the misleading rows slot 0 alone tells the truth, so that less is
        // better.
        DataRow[] train = Rows(seed: 1, isHonest: true), misleading = Rows(seed: 2, isHonest: false);
        int honest = Fit(task, train, Rows(seed: 3, isHonest: true)).Selected.Length;
        int misled = Fit(task, train, misleading).Selected.Length;
        Assert.Equal(4, honest);
        Assert.True(misled < honest, $"{misled} features were kept.");
    }

    [Theory, AllTasks]
    public void Fit_WithACountAndNoise_DoesNotTrainOnTheValidationRows(string task)
    {
        // Labels of the validation rows are turned round: had they been trained on, the path would differ. They end the refit, though.
        DataRow[] train = Planted.Linear(200, 4, 2, seed: 1), validation = Planted.Linear(200, 4, 2, seed: 2);
        Fitted straight = Fit(task, train, validation, 2);
        Fitted turned = Fit(task, train, [.. validation.Select(row => DataRow.Create(row.Values, -row.Target))], 2);
        Assert.Equal(straight.Path.Select(point => point.TrainingLoss), turned.Path.Select(point => point.TrainingLoss));
        Assert.Equal(straight.Report.Features.Select(gate => gate.LambdaOut), turned.Report.Features.Select(gate => gate.LambdaOut));
        Assert.NotEqual(straight.Path, turned.Path);
        Assert.True(straight.Report.IsBetterThanConstant);
        Assert.False(turned.Report.IsBetterThanConstant);
    }

    private static DataRow[] Rows(int seed, bool isHonest)
    {
        var random = new Random(seed);
        return [.. Planted.Linear(300, 4, 4, seed).Select(row => DataRow.Create(
            isHonest ? row.Values : [row.Values[0], .. Enumerable.Range(0, 3).Select(_ => 3 * Planted.Gauss(random))],
            row.Target + 2 * row.Values[0]))];
    }

    private Fitted Fit(string task, DataRow[] train, DataRow[] validation, int? count = null)
    {
        var training = TrainingTask.Get(task);
        IEstimator<ITransformer> trainer = training.Trainer(_context, count);
        return new Fitted(training.FitWithValidation(trainer, DataRow.View(_context, train), DataRow.View(_context, validation)));
    }
}
