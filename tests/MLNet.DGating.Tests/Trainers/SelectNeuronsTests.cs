using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Trainers;

/// <summary>Hidden layers that keep only the neurons that the prediction needs.</summary>
public class SelectNeuronsTests
{
    private const int Width = 24;

    private readonly MLContext _context = new(seed: 1);

    public static TheoryData<string, Action<DGatingRegressionTrainer, IDataView>> OtherFits => new()
    {
        { "FitPath", (trainer, rows) => trainer.FitPath(rows) },
        { "FitPathCrossValidated", (trainer, rows) => trainer.FitPathCrossValidated(rows) },
        { "FitStability", (trainer, rows) => trainer.FitStability(rows) },
        { "FitKnockoffs", (trainer, rows) => trainer.FitKnockoffs(rows) },
        { "FitBest", (trainer, rows) => trainer.FitBest(rows) },
    };

    [Theory, AllTasks]
    public void OfALinearLabel_FewNeuronsAreKept_AndTheModelIsAsGood(string task)
    {
        DataRow[] rows = Planted.Linear(600, 6, 3, seed: 1), test = Planted.Linear(600, 6, 3, seed: 2);
        Fitted all = Fit(task, rows, options => options.SelectNeurons = false), few = Fit(task, rows);
        Assert.Equal([Width], NeuronsOf(all));
        Assert.InRange(NeuronsOf(few).Single(), 1, Width / 2);
        Assert.Equal(all.Selected, few.Selected);
        var training = TrainingTask.Get(task);
        Assert.InRange(training.QualityOn(_context, few, test), training.QualityOn(_context, all, test) - 0.03, 1);
    }

    [Theory, AllTasks]
    public void TheModel_ComesBackFromAFile_WithTheNeuronsThatAreLeft(string task)
    {
        DataRow[] rows = Planted.Linear(300, 5, 2, seed: 1);
        Fitted fitted = Fit(task, rows), loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, rows).Schema);
        Assert.Equal(NeuronsOf(fitted), NeuronsOf(loaded));
        Assert.Equal(fitted.Bits(_context, rows), loaded.Bits(_context, rows));
    }

    [Theory, AllTasks]
    public void TheSameSeed_GivesTheSameBits_WithAnyNumberOfThreads(string task)
    {
        DataRow[] rows = Planted.Linear(300, 5, 2, seed: 1);
        Assert.Equal(
            Fit(task, rows, options => options.Seed = 7).Bits(_context, rows),
            Fit(task, rows, options => (options.Seed, options.NumberOfThreads) = (7, 2)).Bits(_context, rows));
    }

    [Theory, AllTasks]
    public void WithValidationRows_TheyChoose(string task)
    {
        DataRow[] rows = Planted.Linear(400, 5, 2, seed: 1), validation = Planted.Linear(200, 5, 2, seed: 2);
        var training = TrainingTask.Get(task);
        IEstimator<ITransformer> trainer = training.Trainer(_context, 2, Selecting);
        var fitted = new Fitted(training.FitWithValidation(trainer, DataRow.View(_context, rows), DataRow.View(_context, validation)));
        Assert.InRange(NeuronsOf(fitted).Single(), 1, Width - 1);
        Assert.InRange(training.QualityOn(_context, fitted, validation), 0.85, 1);
    }

    [Theory]
    [InlineData(DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData(DGatingNumericEncoding.Auto)]
    public void WithIntervals_TheAdditivePartStays(DGatingNumericEncoding encoding)
    {
        DataRow[] rows = Planted.Linear(1200, 5, 2, seed: 1);
        Fitted fitted = Fit("regression", rows, options => options.NumericEncoding = encoding);
        Assert.InRange(NeuronsOf(fitted).Single(), 1, Width);
        Assert.InRange(TrainingTask.Get("regression").QualityOn(_context, fitted, Planted.Linear(400, 5, 2, seed: 3)), 0.9, 1);
    }

    [Fact]
    public void AModelWithoutFeatures_HasNoNeurons_AndAWarning()
    {
        var log = new MessageLog(_context);
        Fitted fitted = TrainingTask.Get("regression").Fit(_context, Planted.Linear(100, 5, 2, seed: 2), null, options =>
        {
            Selecting(options);
            options.Lambda = 1e9;
        });
        Assert.Empty(NeuronsOf(fitted));
        Assert.Contains(log.Warnings, warning => warning.Contains("constant, which has no neurons", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(OtherFits))]
    public void OtherFits_RefuseIt(string fit, Action<DGatingRegressionTrainer, IDataView> call)
    {
        var trainer = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, 2, Selecting);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(
            () => call(trainer, DataRow.View(_context, Planted.Linear(100, 5, 2, seed: 1))));
        Assert.StartsWith(
            $"SelectNeurons must be false for {fit}, but was True. Fit selects neurons.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFitThatGoesOnFromAModel_RefusesIt()
    {
        IDataView rows = DataRow.View(_context, Planted.Linear(100, 5, 2, seed: 1));
        var trainer = (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(_context, 2, Selecting);
        DGatingRegressionModelParameters model = trainer.Fit(rows).Model;
        Assert.StartsWith(
            "SelectNeurons must be false for a fit that goes on from a model, but was True.",
            Assert.ThrowsAny<ArgumentException>(() => trainer.Fit(rows, model)).Message, StringComparison.Ordinal);
    }

    private static void Selecting(DGatingTrainerOptions options) => (options.SelectNeurons, options.HiddenLayers) = (true, [Width]);

    private static IReadOnlyList<int> NeuronsOf(Fitted fitted) => fitted.Model switch
    {
        DGatingModelParameters<float> scalar => scalar.HiddenNeurons,
        DGatingModelParameters<VBuffer<float>> vector => vector.HiddenNeurons,
        _ => throw new ArgumentException(fitted.Model.GetType().Name, nameof(fitted)),
    };

    private Fitted Fit(string task, DataRow[] rows, Action<DGatingTrainerOptions>? change = null) =>
        TrainingTask.Get(task).Fit(_context, rows, 2, options =>
        {
            Selecting(options);
            change?.Invoke(options);
        });
}
