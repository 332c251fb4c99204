using Microsoft.ML;

namespace MLNet.DGating.Tests.Rows;

/// <summary>Rows that do not fit in the memory they may take: nothing but the time of a fit should show it.</summary>
public class StreamedRowsTests
{
    // The smallest pool: 1,000 of 10,000 rows, a tenth.
    private const long Little = 1;
    private const int Slots = 8;
    private readonly MLContext _context = new(seed: 1);
    private static readonly DataRow[] s_rows = Planted.Linear(10_000, Slots, 3, seed: 1, noise: 0.5);
    private static readonly DataRow[] s_test = Planted.Linear(4_000, Slots, 3, seed: 2, noise: 0.5);
    private static readonly DataRow[] s_sorted = [.. s_rows.OrderBy(row => row.Target)];

    [Theory, AllTasks]
    public void Fit_OfRowsSortedByLabel_IsAsGoodAsInMemory(string task)
    {
        Fitted inMemory = Fit(task, s_rows, null), streamed = Fit(task, s_sorted, Little);
        Assert.Equal([0, 1, 2], streamed.Selected);
        Assert.Equal(inMemory.Selected, streamed.Selected);
        Assert.InRange(Quality(task, streamed), Quality(task, inMemory) - 0.01, 1);
    }

    [Theory, AllTasks]
    public void Fit_WithEverythingToChoose_IsAsGoodAsInMemory(string task)
    {
        Fitted inMemory = Fit(task, s_rows, null, count: null), streamed = Fit(task, s_sorted, Little, count: null);
        Assert.InRange(Quality(task, streamed), Quality(task, inMemory) - 0.01, 1);
        Assert.Equal([0, 1, 2], streamed.Selected.Intersect([0, 1, 2]).Order());
    }

    [Theory, AllTasks]
    public void Fit_GivesTheSameBits_WhateverTheThreads(string task)
    {
        byte[] one = Fit(task, s_sorted, Little, null, options => options.NumberOfThreads = 1).Bits(_context, s_test);
        Assert.Equal(one, Fit(task, s_sorted, Little, null, options => options.NumberOfThreads = 3).Bits(_context, s_test));
        Assert.NotEqual(one, Fit(task, s_sorted, Little, null, options => options.Seed = 5).Bits(_context, s_test));
    }

    [Theory, AllTasks(null!, Little)]
    public void Fit_InHalfPrecision_IsAsGood(string task, long? memory)
    {
        Fitted exact = Fit(task, s_rows, null);
        Fitted half = Fit(task, s_sorted, memory, 3, options => options.RowPrecision = DGatingRowPrecision.Half);
        Assert.Equal(exact.Selected, half.Selected);
        Assert.NotEqual(exact.Bits(_context, s_test), half.Bits(_context, s_test));
        Assert.InRange(Quality(task, half), Quality(task, exact) - 0.01, 1);
    }

    [Fact]
    public void Fit_TrainsOnRowsThatWereNotInTheSample()
    {
        // The first reading shows a label that depends on slot 0, the later ones one that depends on slot 1: both have the same rows
        // otherwise.
        DataRow[] first = Turned(0), later = Turned(1);
        var rows = new LazyRows(reading => reading == 1 ? first : later);
        IDataView data = DataRow.View(_context, rows, Slots);
        Fitted fitted = Fit("regression", data, Little, count: 2, options => options.NumberOfDenseIterations = 20);
        Assert.InRange(rows.Readings, 3, int.MaxValue);
        Assert.InRange(TrainingTask.Get("regression").QualityOn(_context, fitted, later), 0.9, 1);

        static DataRow[] Turned(int slot) =>
            Array.ConvertAll(s_rows, row => DataRow.Create(row.Values, 2 * row.Values[slot] + 0.2 * row.Values[1 - slot]));
    }

    [Fact]
    public void Fit_TellsHowRowsAreRead()
    {
        var log = new MessageLog(_context);
        Fit("binary", s_rows, Little);
        const string memory = "10000 training rows of 8 slots take 0.3 MB, but rows may take 0.0 MB (MaximumRowMemory)";
        string told = Assert.Single(log.Information, message => message.StartsWith(memory, StringComparison.Ordinal));
        Assert.Contains("a uniform sample of 1000 rows", told, StringComparison.Ordinal);
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void Fit_OfRowsThatFit_ReadsThemOnce()
    {
        var rows = new LazyRows(s_rows[..900]);
        Fit("binary", DataRow.View(_context, rows, Slots), Little);
        Assert.Equal(1, rows.Readings);
    }

    [Theory, AllTasks]
    public void Fit_HonoursWeights_OfStreamedRowsToo(string task)
    {
        // Half of the rows say the contrary, and weigh next to nothing.
        IEnumerable<DataRow> half = s_sorted.Select((row, i) => i % 2 == 0 ? row : DataRow.Create(row.Values, -row.Target));
        DataRow[] rows = [.. half.OrderBy(row => row.Target)];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Weight = rows[i].Target * Truth(rows[i]) > 0 ? 1 : 1e-4f;
        }

        Fitted fitted = Fit(task, rows, Little, 3, options => options.ExampleWeightColumnName = "Weight");
        Assert.InRange(Quality(task, fitted), Quality(task, Fit(task, s_rows, null)) - 0.05, 1);

        static double Truth(DataRow row) => row.Values[0] - row.Values[1] + row.Values[2];
    }

    [Fact]
    public void Fit_KeepsGroupsTogether_AndLeavesConstantSlotsOut()
    {
        DataRow[] rows = [.. s_sorted.Select(row => row.With([7, .. row.Values]))];
        var fitted = new Fitted(TrainingTask.Get("regression").Trainer(_context, 2, options =>
        {
            options.MaximumRowMemory = Little;
            options.Groups = FeatureGroups.OfSlots([1, 2], [3, 4]);
        }).Fit(DataRow.View(_context, rows)));
        Assert.Equal([1, 2, 3, 4], fitted.Selected);
        Assert.Equal([0], fitted.Report.ConstantIndices);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(3)]
    public void Fit_WithValidationRows_ReportsTheirLoss_AndTrainsOnAllRows(int? count)
    {
        var log = new MessageLog(_context);
        DataRow[] validation = Planted.Linear(3_000, Slots, 3, seed: 3, noise: 0.5);
        var training = TrainingTask.Get("binary");
        IEstimator<ITransformer> trainer = training.Trainer(_context, count, options => options.MaximumRowMemory = Little);
        var fitted = new Fitted(training.FitWithValidation(
            trainer, DataRow.View(_context, s_sorted), DataRow.View(_context, validation)));
        Assert.All(fitted.Path, point => Assert.True(double.IsFinite(point.ValidationLoss) && point.ValidationLoss > 0));
        Assert.Contains(log.Information, message =>
            message.StartsWith("Of 3000 validation rows a uniform sample of 1000 is used", StringComparison.Ordinal));
        Assert.InRange(Quality("binary", fitted), Quality("binary", Fit("binary", s_rows, null)) - 0.01, 1);
    }

    [Fact]
    public void Fit_OfASourceThatGivesOtherRowsTheNextTime_SaysSo()
    {
        var once = new LazyRows(reading => reading == 1 ? s_rows : []);
        var view = new CountedView(DataRow.View(_context, once, Slots));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Fit("binary", view, Little));
        Assert.Contains(
            "The data had 10000 usable training rows when it was read first, but 0 rows when it was read again.",
            error.Message, StringComparison.Ordinal);
        Assert.Equal(0, view.Open);

        var broken = new LazyRows(
            reading => reading == 1 ? s_rows : s_rows.Select(row => row.With([.. row.Values[1..], float.PositiveInfinity])));
        error = Assert.Throws<InvalidOperationException>(() => Fit("binary", DataRow.View(_context, broken, Slots), Little));
        Assert.Contains("save them to a file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DGatingPhase.Dense)]
    [InlineData(DGatingPhase.Path)]
    [InlineData(DGatingPhase.Refit)]
    public void Cancel_ClosesTheCursor(DGatingPhase phase)
    {
        using var source = new CancellationTokenSource();
        var view = new CountedView(DataRow.View(_context, s_rows));
        var cancelling = new Recorder
        {
            Then = progress =>
            {
                if (progress.Phase == phase)
                {
                    Assert.Equal(1, view.Open);
                    source.Cancel();
                }
            },
        };
        Assert.Throws<OperationCanceledException>(() => Fit("binary", view, Little, 3, options =>
        {
            options.Progress = cancelling;
            options.CancellationToken = source.Token;
        }));
        Assert.Equal(0, view.Open);
    }

    [Fact]
    public void FitBest_TrainsTheSettingTakenOnAllRows()
    {
        var options = (DGatingBinaryTrainer.Options)TrainingTask.Get("binary").Quick(3, options => options.MaximumRowMemory = Little);
        var rows = new LazyRows(s_sorted);
        IDataView data = DataRow.View(_context, rows, Slots);
        BinarySearch result = _context.BinaryClassification.Trainers.DGating(options).FitBest(data, trials: 2);
        Assert.InRange(rows.Readings, 3, int.MaxValue);
        Assert.InRange(Quality("binary", new Fitted(result.Transformer)), Quality("binary", Fit("binary", s_rows, null)) - 0.01, 1);
    }

    private Fitted Fit(string task, DataRow[] rows, long? memory, int? count = 3, Action<DGatingTrainerOptions>? change = null) =>
        Fit(task, DataRow.View(_context, rows), memory, count, change);

    private Fitted Fit(string task, IDataView rows, long? memory, int? count = 3, Action<DGatingTrainerOptions>? change = null) =>
        TrainingTask.Get(task).Fit(_context, rows, count, options =>
        {
            options.MaximumRowMemory = memory;
            change?.Invoke(options);
        });

    private double Quality(string task, Fitted fitted) => TrainingTask.Get(task).QualityOn(_context, fitted, s_test);
}
