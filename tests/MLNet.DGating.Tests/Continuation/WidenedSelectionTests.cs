using Microsoft.ML;

namespace MLNet.DGating.Tests.Continuation;

/// <summary>Fit(data, previousModel) with all features as candidates again.</summary>
public class WidenedSelectionTests
{
    private const int Slots = 6;

    private readonly MLContext _context = new(seed: 1);

    [Theory, AllTasks]
    public void AFeatureThatHasBecomeInformative_IsFound(string task)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(300, Slots, 2, seed: 1), 2);
        Assert.Equal([0, 1], first.Selected);
        DataRow[] rows = WithFifth(500, seed: 2), unseen = WithFifth(500, seed: 3);
        Fitted kept = training.Continue(_context, rows, first);
        Fitted widened = training.Continue(_context, rows, first, null, Widen);
        Assert.Equal([0, 1], kept.Selected);
        Assert.Contains(4, widened.Selected);
        Assert.True(training.QualityOn(_context, widened, unseen) > training.QualityOn(_context, kept, unseen) + 0.05);
        Assert.All(widened.Report.Features, gate => Assert.Equal(gate.IsSelected, double.IsPositiveInfinity(gate.LambdaOut)));
        Assert.NotEqual(first.Path, widened.Path);
    }

    // The weights of labels that leave no doubt are large, and their gates would close at once if they began at 1.
    [Theory, AllTasks]
    public void FeaturesOfLabelsWithoutNoise_AreFound_AndStay(string task)
    {
        var training = TrainingTask.Get(task);
        for (int seed = 1; seed <= 4; seed++)
        {
            DataRow[] first = Planted.Linear(1_000, Slots, 2, seed, noise: 1e-3), second = Planted.Linear(1_000, Slots, 2, seed + 10, 1e-3);
            Fitted fitted = training.Fit(_context, first, 2, Intervals);
            Fitted widened = training.Continue(_context, second, fitted, null, options =>
            {
                Widen(options);
                Intervals(options);
                options.MaximumFeatureCount = 2;
            });
            Assert.Equal([0, 1], fitted.Selected);
            Assert.Equal([0, 1], widened.Selected);
        }

        static void Intervals(DGatingTrainerOptions options)
        {
            options.NumericEncoding = DGatingNumericEncoding.PiecewiseLinear;
            options.HiddenLayers = [DGatingDefaults.HiddenNeurons];
            options.NumberOfDenseIterations = DGatingDefaults.NumberOfDenseIterations;
            options.NumberOfRefitIterations = DGatingDefaults.NumberOfRefitIterations;
            options.LambdaGrowth = DGatingDefaults.LambdaGrowth;
        }
    }

    [Theory, AllTasks]
    public void AFeatureThatSaysNothingAnyMore_Leaves(string task)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(300, Slots, 3, seed: 1), 3);
        DataRow[] rows = Planted.Linear(500, Slots, 2, seed: 2);
        Fitted widened = training.Continue(_context, rows, first, null, options =>
        {
            Widen(options);
            options.MaximumFeatureCount = 2;
        });
        Assert.Equal([0, 1], widened.Selected);
        Assert.InRange(training.QualityOn(_context, widened, Planted.Linear(500, Slots, 2, seed: 3)), 0.85, 1);
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    public void Intervals_AreThoseOfThePreviousModel_AndNewOnesOfOtherFeatures(string task)
    {
        var training = TrainingTask.Get(task);
        void Intervals(DGatingTrainerOptions options) => options.NumericEncoding = DGatingNumericEncoding.PiecewiseLinear;
        Fitted first = training.Fit(_context, Planted.Linear(400, Slots, 2, seed: 1), 2, Intervals);
        DataRow[] rows = WithFifth(600, seed: 2);
        Fitted widened = training.Continue(_context, rows, first, null, Widen);
        Assert.Contains(4, widened.Selected);
        Fitted loaded = widened.SaveAndLoad(_context, DataRow.View(_context, rows).Schema);
        Assert.Equal(widened.Bits(_context, rows), loaded.Bits(_context, rows));
        Assert.InRange(training.QualityOn(_context, widened, WithFifth(500, seed: 3)), 0.85, 1);
    }

    [Theory, AllTasks]
    public void TheSameSeed_GivesTheSameBits(string task)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(200, Slots, 2, seed: 1), 2);
        DataRow[] rows = WithFifth(300, seed: 2);
        Assert.Equal(
            training.Continue(_context, rows, first, null, Widen).Bits(_context, rows),
            training.Continue(_context, rows, first, null, options =>
            {
                Widen(options);
                options.NumberOfThreads = 2;
            }).Bits(_context, rows));
    }

    [Theory, AllTasks]
    public void SeveralRuns_AndTheCertificate_AcceptAPreviousModel(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] rows = Planted.Linear(300, Slots, 2, seed: 1);
        Fitted first = training.Fit(_context, rows, 2);
        Fitted runs = training.Continue(_context, rows, first, null, options =>
        {
            Widen(options);
            (options.NumberOfRuns, options.MaximumFeatureCount) = (2, 2);
        });
        Fitted certified = training.Continue(_context, rows, first, null, options =>
        {
            Widen(options);
            (options.Lambda, options.ComputeCertificate) = (0.05, true);
        });
        Assert.Equal([0, 1], runs.Selected);
        Assert.NotNull(certified.Report.Certificate);
    }

    private static void Widen(DGatingTrainerOptions options) => options.Continuation = DGatingContinuation.WidenSelection;

    // The fifth slot counts as much as the first two together.
    private static DataRow[] WithFifth(int rows, int seed) =>
        Planted.Linear(rows, Slots, 2, seed).WithTargets(row => row.Target + 1.5 * row.Values[4]);
}
