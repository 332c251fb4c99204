using MLNet.DGating.Tests.Continuation;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Missing values are a column of their feature: rows that have them are trained on and scored like others.</summary>
public class MissingValueTests
{
    private static readonly DataRow[] s_rows = Incomplete.Rows(600, seed: 1), s_fresh = Incomplete.Rows(400, seed: 2);

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public MissingValueTests() => _log = new MessageLog(_context);

    [Theory]
    [InlineData("binary", DGatingNumericEncoding.None)]
    [InlineData("binary", DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData("binary", DGatingNumericEncoding.Embedding)]
    [InlineData("multiclass", DGatingNumericEncoding.None)]
    [InlineData("multiclass", DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData("multiclass", DGatingNumericEncoding.Embedding)]
    [InlineData("regression", DGatingNumericEncoding.None)]
    [InlineData("regression", DGatingNumericEncoding.Embedding)]
    public void AFit_SelectsWhatIsToldByAValueOrByItsLack_AndScoresEveryRow(string task, DGatingNumericEncoding encoding)
    {
        Fitted fitted = Fit(task, options => options.NumericEncoding = encoding);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.Equal(6, fitted.Report.Features.Count);
        Assert.Contains("3 of 6 feature slots have missing values, which are columns of their features.", _log.Information);
        Assert.DoesNotContain(_log.Warnings, warning => warning.StartsWith("Skipped", StringComparison.Ordinal));
        Assert.InRange(Quality(task, fitted), 0.75, 1);
        Assert.All(fitted.FeatureWeights.Index(), weight => Assert.Equal(weight.Index < 2, weight.Item > 0));
        Fitted loaded = fitted.SaveAndLoad(_context, DataRow.View(_context, s_rows).Schema);
        Assert.Equal(fitted.Bits(_context, s_fresh), loaded.Bits(_context, s_fresh));
        Assert.Equal(fitted.FeatureWeights, loaded.FeatureWeights);
    }

    [Theory, AllTasks(DGatingNumericEncoding.None, DGatingNumericEncoding.PiecewiseLinear)]
    public void SkippingTheRows_PredictsWorse(string task, DGatingNumericEncoding encoding)
    {
        double encoded = Quality(task, Fit(task, options => options.NumericEncoding = encoding));
        Fitted skipping = Fit(task, options =>
        {
            options.NumericEncoding = encoding;
            options.MissingValues = DGatingMissingValues.Skip;
        });
        int skipped = s_rows.Count(row => row.Values.Any(float.IsNaN));
        Assert.Contains($"Skipped {skipped} instances with missing features/label/weight during training", _log.Warnings);
        DataRow[] complete = [.. s_fresh.Select(row => row.With([.. row.Values.Select(value => float.IsNaN(value) ? 0 : value)]))];
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, skipping, complete), -2, encoded - 0.05);
        Assert.All(skipping.Scores(_context, [s_rows[0].With([float.NaN, 0, 0, 0, 0, 0])]), score => Assert.Equal(float.NaN, score));
    }

    [Theory, AllTasks(DGatingNumericEncoding.None, DGatingNumericEncoding.PiecewiseLinear)]
    public void RowsWithoutMissingValues_GiveTheSameBitsAsWhereTheySkip(string task, DGatingNumericEncoding encoding)
    {
        DataRow[] rows = Planted.Linear(200, 5, 2, seed: 1);
        byte[][] bits =
        [
            .. Enum.GetValues<DGatingMissingValues>().Select(missing => TrainingTask.Get(task).Fit(_context, rows, 2, options =>
            {
                options.NumericEncoding = encoding;
                options.MissingValues = missing;
            }).Bits(_context, rows)),
        ];
        Assert.Equal(bits[0], bits[1]);
    }

    [Theory, AllTasks]
    public void AValueThatIsMissingOnlyInScoring_CountsAsTheMean(string task)
    {
        DataRow[] rows = Planted.Linear(200, 5, 2, seed: 1);
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 2, options => options.NumericEncoding = DGatingNumericEncoding.None);
        float mean = (float)rows.Average(row => (double)row.Values[1]);
        float[] expected = fitted.Scores(_context, [rows[0].With([1, mean, 0, 0, 0])]);
        float[] actual = fitted.Scores(_context, [rows[0].With([1, float.NaN, 0, 0, float.NaN])]);
        Assert.All(expected.Zip(actual), score => Assert.Equal(score.First, score.Second, 1e-4f * (1 + Math.Abs(score.First))));
    }

    [Theory, AllTasks]
    public void ASlotOfASingleValue_IsTheSameWhateverItIs_AndTellsByBeingMissing(string task)
    {
        DataRow[] OfFive(DataRow[] rows) =>
            [.. rows.Select(row => row.With([row.Values[0], float.IsNaN(row.Values[1]) ? float.NaN : 5, float.NaN, .. row.Values[3..]]))];
        DataRow[] rows = OfFive(s_rows);
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 2);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.Equal([2], fitted.Report.ConstantIndices);
        Fitted continued = TrainingTask.Get(task).Continue(_context, rows, fitted);
        Assert.Equal([0, 1], continued.Selected);
        foreach (Fitted each in (Fitted[])[fitted, continued])
        {
            float[][] scores =
                [.. ((float[])[5, 7, -1e9f, float.NaN]).Select(x => each.Scores(_context, [rows[0].With([1, x, 0, 0, 0, 0])]))];
            Assert.Equal(scores[0], scores[1]);
            Assert.Equal(scores[0], scores[2]);
            Assert.NotEqual(scores[0], scores[3]);
            Assert.InRange(TrainingTask.Get(task).QualityOn(_context, each, OfFive(s_fresh)), 0.75, 1);
        }
    }

    [Theory, AllTasks]
    public void ValidationRows_MayMissWhatTrainingRowsHave(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] complete = Planted.Linear(200, 6, 2, seed: 1);
        DataRow[] validation = [.. Planted.Linear(100, 6, 2, seed: 2), .. s_fresh[..50]];
        var fitted = new Fitted(training.FitWithValidation(
            training.Trainer(_context, 2), DataRow.View(_context, complete), DataRow.View(_context, validation)));
        Assert.Empty(_log.Warnings);
        Assert.Equal([0, 1], fitted.Selected);
    }

    [Theory, AllTasks(null!, DGatingRowPrecision.Half)]
    public void StreamedRows_AndHalfPrecision_SelectTheSame(string task, DGatingRowPrecision? precision)
    {
        Fitted fitted = TrainingTask.Get(task).Fit(_context, Incomplete.Rows(5000, seed: 3), 2, options =>
        {
            options.MaximumRowMemory = 1;
            options.RowPrecision = precision ?? options.RowPrecision;
        });
        Assert.Equal([0, 1], fitted.Selected);
        Assert.InRange(Quality(task, fitted), 0.8, 1);
    }

    [Theory, AllTasks]
    public void AStreamedSlotOfASingleValue_TellsByBeingMissing(string task)
    {
        DataRow[] OfFive(DataRow[] rows) =>
            [.. rows.Select(row => row.With([row.Values[0], float.IsNaN(row.Values[1]) ? float.NaN : 5, .. row.Values[2..]]))];
        Fitted fitted = TrainingTask.Get(task).Fit(
            _context, OfFive(Incomplete.Rows(5000, seed: 3)), 2, options => options.MaximumRowMemory = 1);
        Assert.Equal([0, 1], fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, OfFive(s_fresh)), 0.8, 1);
    }

    [Theory, AllTasks]
    public void SparseRows_SelectTheSame(string task)
    {
        DataRow[] rows = s_rows.AmongMany(300);
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 2);
        Assert.Contains(_log.Information, message => message.StartsWith("Rows are kept sparse: ", StringComparison.Ordinal));
        Assert.Equal([0, 1], fitted.Selected);
        Assert.InRange(TrainingTask.Get(task).QualityOn(_context, fitted, s_fresh.AmongMany(300)), 0.75, 1);
    }

    [Theory]
    [InlineData("binary", DGatingNumericEncoding.None)]
    [InlineData("binary", DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData("multiclass", DGatingNumericEncoding.None)]
    [InlineData("multiclass", DGatingNumericEncoding.PiecewiseLinear)]
    [InlineData("regression", DGatingNumericEncoding.None)]
    public void ASlotOfACategory_MayBeMissing(string task, DGatingNumericEncoding encoding)
    {
        // The first three slots are one feature, of two indicators that are missing together, and a number.
        float Indicator(DataRow row, int one) => float.IsNaN(row.Values[1]) ? float.NaN : row.Values[3] > 0 ? one : 1 - one;
        DataRow[] rows = [.. s_rows.Select(row => row.With([Indicator(row, 1), Indicator(row, 0), .. row.Values]))];
        Fitted fitted = TrainingTask.Get(task).Fit(_context, rows, 2, options =>
        {
            options.Groups = FeatureGroups.OfSlots([0, 1, 3]);
            options.NumericEncoding = encoding;
        });
        Assert.Equal([0, 1, 2, 3], fitted.Selected);
        Assert.All(fitted.Scores(_context, rows), score => Assert.True(float.IsFinite(score)));
    }

    [Theory, AllTasks(DGatingContinuation.KeepSelection, DGatingContinuation.WidenSelection)]
    public void AContinuedModel_KnowsItsMissingValues_AndNewOnes(string task, DGatingContinuation continuation)
    {
        var training = TrainingTask.Get(task);
        Fitted first = Fit(task);
        // Where the last slot is missing the label is larger, which rows told nothing of before.
        DataRow[] Later(DataRow[] rows) => [.. rows.Select((row, i) =>
            i % 3 > 0 ? row : DataRow.Create([.. row.Values[..5], float.NaN], row.Target + 2))];
        Fitted second = training.Continue(_context, Later(s_rows), first, change: options =>
        {
            options.Continuation = continuation;
            options.MaximumFeatureCount = continuation == DGatingContinuation.WidenSelection ? 3 : null;
        });
        Assert.Equal(continuation == DGatingContinuation.WidenSelection ? [0, 1, 5] : [0, 1], second.Selected);
        double before = training.QualityOn(_context, first, Later(s_fresh)), after = training.QualityOn(_context, second, Later(s_fresh));
        Assert.InRange(after, before - 0.05, 1);
        Assert.Equal(first.Selected, training.Continue(_context, Planted.Linear(200, 6, 1, seed: 3), first).Selected);
    }

    [Theory, AllTasks]
    public void AModelOfCompleteRows_IsContinuedOnIncompleteOnes(string task)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(200, 6, 1, seed: 3, noise: 1), 1);
        Fitted kept = training.Continue(_context, s_rows, first);
        Assert.Equal(first.Selected, kept.Selected);
        Assert.All(kept.Scores(_context, s_rows), score => Assert.True(float.IsFinite(score)));
        Fitted widened = training.Continue(
            _context, s_rows, first, change: options => (options.Continuation, options.MaximumFeatureCount) =
                (DGatingContinuation.WidenSelection, 2));
        Assert.Equal([0, 1], widened.Selected);
    }

    [Theory, AllTasks(DGatingNumericEncoding.PiecewiseLinear, DGatingNumericEncoding.Embedding)]
    public void AContinuedModelOfIntervals_IsAsGood(string task, DGatingNumericEncoding encoding)
    {
        Fitted first = Fit(task, options => options.NumericEncoding = encoding);
        Fitted second = TrainingTask.Get(task).Continue(_context, Incomplete.Rows(600, seed: 4), first);
        Assert.Equal(first.Selected, second.Selected);
        Assert.InRange(Quality(task, second), Quality(task, first) - 0.02, 1);
    }

    [Theory, AllTasks]
    public void ThreadsAndMembers_GiveTheSameSelection_AndTheSameBits(string task)
    {
        byte[][] bits =
        [
            .. ((int[])[1, 3]).Select(threads => Fit(task, options =>
            {
                options.NumberOfThreads = threads;
                options.EnsembleSize = 2;
                options.NumericEncoding = DGatingNumericEncoding.PiecewiseLinear;
            }).Bits(_context, s_fresh)),
        ];
        Assert.Equal(bits[0], bits[1]);
    }

    [Fact]
    public void AValueMissingInAFewRows_ThatMayAllBeHeldOut_IsNoError()
    {
        DataRow[] rows = Planted.Linear(6000, 4, 2, seed: 1);
        foreach (int row in (int[])[5, 1000, 3000, 5999])
        {
            DataRow[] one = [.. rows];
            one[row] = one[row].With([float.NaN, 0, 0, 0]);
            Fitted fitted = TrainingTask.Get("binary").Fit(_context, one, 2);
            Assert.Equal([0, 1], fitted.Selected);
            Assert.All(fitted.Scores(_context, one[row..(row + 1)]), score => Assert.True(float.IsFinite(score)));
        }
    }

    private Fitted Fit(string task, Action<DGatingTrainerOptions>? change = null) =>
        TrainingTask.Get(task).Fit(_context, s_rows, 2, change);

    private double Quality(string task, Fitted fitted) => TrainingTask.Get(task).QualityOn(_context, fitted, s_fresh);
}
