using Microsoft.ML;

namespace MLNet.DGating.Tests.Continuation;

/// <summary>Fit(data, previousModel) with the features of the previous model.</summary>
public class KeptSelectionTests
{
    private const int Slots = 6;

    private readonly MLContext _context = new(seed: 1);
    private readonly MessageLog _log;

    public KeptSelectionTests() => _log = new MessageLog(_context);

    [Theory, AllTasks]
    public void TheOtherHalfOfTheRows_MakesTheModelBetter_NearlyAsAFitOfAll(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] rows = Planted.Linear(240, Slots, 3, seed: 1, noise: 1), unseen = Planted.Linear(2000, Slots, 3, seed: 2, noise: 0);
        Fitted first = training.Fit(_context, rows[..40], 3), all = training.Fit(_context, rows, 3);
        Fitted continued = training.Continue(_context, rows[40..], first);
        double before = training.QualityOn(_context, first, unseen), after = training.QualityOn(_context, continued, unseen);
        Assert.Equal(first.Selected, continued.Selected);
        Assert.True(after > before, $"{after} is not above {before}.");
        Assert.True(all.Selected.SequenceEqual(first.Selected));
        Assert.InRange(after, training.QualityOn(_context, all, unseen) - 0.05, 1);
    }

    [Theory, AllTasks]
    public void WhatRowsSayNow_IsLearned_WhereItHasChanged(string task)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(300, Slots, 2, seed: 1), 2);
        DataRow[] turned = Turned(400, seed: 2);
        Fitted continued = training.Continue(_context, turned, first, null, options => options.NumberOfRefitIterations = 60);
        Assert.True(training.QualityOn(_context, first, turned) < 0.5);
        Assert.InRange(training.QualityOn(_context, continued, Turned(400, seed: 3)), 0.8, 1);
        Assert.Contains(_log.Warnings, text => text.StartsWith(
            "The previous model predicts the new rows worse than a constant does.", StringComparison.Ordinal));
    }

    [Theory, AllTasks]
    public void TheSameRows_AreNotPredictedWorse(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] rows = Planted.Linear(300, Slots, 2, seed: 1, noise: 0.5);
        Fitted first = training.Fit(_context, rows, 2);
        Fitted again = training.Continue(_context, rows, first);
        Assert.InRange(training.QualityOn(_context, again, rows), training.QualityOn(_context, first, rows) - 0.01, 1);
        Assert.DoesNotContain(_log.Warnings, text => text.Contains("constant", StringComparison.Ordinal));
    }

    [Theory, AllTasks]
    public void TheReport_HasTheEvidenceOfTheSelection_AndTheImportanceOfNow(string task)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(200, Slots, 2, seed: 1, noise: 1));
        Fitted continued = training.Continue(_context, Planted.Linear(800, Slots, 2, seed: 2, noise: 1), first);
        Assert.Equal(first.Path, continued.Path);
        Assert.Equal(first.Report.Choice, continued.Report.Choice);
        Assert.Equal(first.Report.Features.Select(gate => gate.LambdaOut), continued.Report.Features.Select(gate => gate.LambdaOut));
        Assert.Equal(first.Report.Features.Select(gate => gate.IsSelected), continued.Report.Features.Select(gate => gate.IsSelected));
        Assert.NotEqual(first.FeatureWeights, continued.FeatureWeights);
        Assert.True(continued.Report.IsBetterThanConstant);
    }

    [Theory, AllTasks(DGatingNumericEncoding.None, DGatingNumericEncoding.PiecewiseLinear, DGatingNumericEncoding.Embedding)]
    public void AModelFromAFile_GoesOnAsTheOriginal_WithTheSameBits(string task, DGatingNumericEncoding encoding)
    {
        var training = TrainingTask.Get(task);
        DataRow[] rows = Planted.Linear(300, Slots, 2, seed: 1, noise: 0.5), more = Planted.Linear(600, Slots, 2, seed: 2, noise: 0.5);
        void Change(DGatingTrainerOptions options) => options.NumericEncoding = encoding;
        Fitted first = training.Fit(_context, rows, 2, Change);
        Fitted loaded = first.SaveAndLoad(_context, DataRow.View(_context, rows).Schema);
        byte[] bits = training.Continue(_context, more, first, null, Change).Bits(_context, rows);
        Assert.Equal(bits, training.Continue(_context, more, loaded, null, Change).Bits(_context, rows));
        Assert.Equal(bits, training.Continue(_context, more, first, null, options =>
        {
            Change(options);
            options.NumberOfThreads = 2;
        }).Bits(_context, rows));
        Assert.NotEqual(bits, first.Bits(_context, rows));
    }

    [Theory, AllTasks]
    public void LayersActivationAndEncoding_AreThoseOfThePreviousModel_WhateverTheOptions(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] rows = Planted.Linear(200, Slots, 2, seed: 1, noise: 0.5), more = Planted.Linear(200, Slots, 2, seed: 2, noise: 0.5);
        Fitted first = training.Fit(_context, rows, 2, options =>
        {
            options.HiddenLayers = [4, 3];
            options.UseSkipConnection = true;
            options.Activation = DGatingActivation.Tanh;
        });
        Fitted continued = training.Continue(_context, more, first, null, options => options.HiddenLayers = [7]);
        string Text(Fitted fitted)
        {
            using var writer = new StringWriter();
            ((Microsoft.ML.Model.ICanSaveInTextFormat)fitted.Model).SaveAsText(writer, null);
            return writer.ToString().Split('\n')[0];
        }

        Assert.Equal(Text(first), Text(continued));
        Assert.InRange(training.QualityOn(_context, continued, rows), 0.75, 1);
    }

    [Theory, AllTasks]
    public void ValidationRows_EndTheTraining(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] rows = Planted.Linear(300, Slots, 2, seed: 1);
        Fitted first = training.Fit(_context, rows, 2);
        // The new rows say the opposite, but the validation rows what the old ones said: the model stays as it was.
        Fitted continued = training.Continue(_context, Turned(300, seed: 2), first, Planted.Linear(300, Slots, 2, seed: 3));
        Assert.Contains(_log.Information, text => text.StartsWith("Continued for 0 rounds:", StringComparison.Ordinal));
        Assert.InRange(
            training.QualityOn(_context, continued, rows), training.QualityOn(_context, first, rows) - 0.02, 1);
    }

    [Theory, AllTasks(DGatingNumericEncoding.None, DGatingNumericEncoding.PiecewiseLinear, DGatingNumericEncoding.Embedding)]
    public void RowsThatDoNotFitInMemory_AreStreamed(string task, DGatingNumericEncoding encoding)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(
            _context, Planted.Linear(100, Slots, 3, seed: 1, noise: 1), 3, options => options.NumericEncoding = encoding);
        DataRow[] many = [.. Planted.Linear(6000, Slots, 3, seed: 2, noise: 0.5).OrderBy(row => row.Target)];
        Fitted continued = training.Continue(_context, many, first, null, options => options.MaximumRowMemory = 1);
        Assert.InRange(training.QualityOn(_context, continued, many), training.QualityOn(_context, first, many), 1);
        Assert.Contains(_log.Information, text => text.Contains("streamed", StringComparison.Ordinal));
    }

    [Theory, AllTasks(DGatingContinuation.KeepSelection, DGatingContinuation.WidenSelection)]
    public void ACancelledFit_Throws(string task, DGatingContinuation continuation)
    {
        var training = TrainingTask.Get(task);
        Fitted first = training.Fit(_context, Planted.Linear(100, Slots, 3, seed: 1), 3);
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder { Then = _ => cancellation.Cancel() };
        Assert.ThrowsAny<OperationCanceledException>((Func<object>)(() => training.Continue(
            _context, Planted.Linear(100, Slots, 3, seed: 2), first, null, options =>
            {
                (options.Continuation, options.Progress) = (continuation, progress);
                options.CancellationToken = cancellation.Token;
            })));
    }

    [Theory, AllTasks]
    public void AModelOfSparseRows_GoesOn(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] words = Planted.Words(600, 400, seed: 1), more = Planted.Words(600, 400, seed: 2);
        Fitted first = training.Fit(_context, words, 3);
        Fitted continued = training.Continue(_context, more, first);
        Assert.Equal(first.Selected, continued.Selected);
        Assert.InRange(
            training.QualityOn(_context, continued, more), training.QualityOn(_context, first, more) - 0.01, 1);
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("multiclass")]
    public void BalancedClasses_AndWeights_GoOn(string task)
    {
        var training = TrainingTask.Get(task);
        DataRow[] rows = Planted.Linear(300, Slots, 2, seed: 1), more = Planted.Linear(300, Slots, 2, seed: 2);
        Array.ForEach(more, row => row.Weight = row.Target > 0 ? 2 : 1);
        void Change(DGatingTrainerOptions options)
        {
            options.ExampleWeightColumnName = "Weight";
            if (options is DGatingBinaryTrainer.Options binary)
            {
                binary.ClassWeights = DGatingClassWeights.Balanced;
            }
        }

        Fitted continued = training.Continue(_context, more, training.Fit(_context, rows, 2, Change), null, Change);
        Assert.InRange(training.QualityOn(_context, continued, more), 0.85, 1);
    }

    [Fact]
    public void Quantiles_GoOn()
    {
        var training = TrainingTask.Get("regression");
        DataRow[] rows = Planted.Linear(300, Slots, 2, seed: 1, noise: 1), more = Planted.Linear(300, Slots, 2, seed: 2, noise: 1);
        void Change(DGatingTrainerOptions options) => ((DGatingRegressionTrainer.Options)options).Loss = DGatingRegressionLoss.Quantile;
        Fitted first = training.Fit(_context, rows, 2, Change);
        Fitted continued = training.Continue(_context, more, first, null, Change);
        DGatingQuantileModelParameters model = Assert.IsType<DGatingQuantileModelParameters>(continued.Model);
        Assert.Equal([0.05, 0.5, 0.95], model.Levels);
        Assert.InRange(training.QualityOn(_context, continued, more), 0.4, 1);
    }

    private static DataRow[] Turned(int rows, int seed) =>
        Planted.Linear(rows, Slots, 2, seed).WithTargets(row => -row.Target);
}
