using System.Text.RegularExpressions;
using Microsoft.ML;

namespace MLNet.DGating.Tests.Results.Paths;

public class FitPathCrossValidatedTests
{
    private const int Slots = 8;

    private static readonly MLContext s_context = new(seed: 1);
    private static readonly DataRow[] s_rows = Planted.Linear(150, Slots, 2, seed: 3);
    private static readonly Lazy<RegressionPath> s_path =
        new(() => Regression(s_context).FitPathCrossValidated(DataRow.View(s_context, s_rows), folds: 3));

    [Fact]
    public void Candidates_HaveMeansAndErrorsOverTheFolds()
    {
        IReadOnlyList<DGatingPathCandidate> candidates = s_path.Value.Candidates;
        Assert.Equal((Slots, 0), (candidates[0].FeatureCount, candidates[^1].FeatureCount));
        Assert.All(candidates, candidate => Assert.All(
            (double[])[candidate.ValidationLossStandardError, candidate.MetricStandardError, candidate.BoundedLossStandardError],
            error => Assert.True(error > 0)));
        DGatingPathCandidate best = candidates.Single(candidate => candidate.FeatureCount == s_path.Value.BestFeatureCount);
        Assert.Equal(candidates.Min(candidate => candidate.BoundedLoss), best.BoundedLoss);
        Assert.InRange(best.Metric, 0.9, 1);
        Assert.InRange(s_path.Value.SparsestFeatureCount, 2, best.FeatureCount);
    }

    [Fact]
    public void ThePath_IsOfAllRows_AndMakesModels()
    {
        Assert.True(s_path.Value.IsComplete);
        Assert.Equal((Slots, 0), (s_path.Value.Points[0].FeatureCount, s_path.Value.Points[^1].FeatureCount));
        Assert.All(s_path.Value.Points, point => Assert.True(point.ValidationLoss > 0));
        Assert.Equal([0, 1], s_path.Value.Ranking.Take(2).Select(feature => feature.Index).Order());
        Assert.Equal([0, 1], s_path.Value.At(2).Model.FeatureSelection.SelectedIndices);
    }

    [Fact]
    public void Judging_SaysHowAndByWhichRule()
    {
        Assert.StartsWith(
            "3-fold cross-validation of 150 rows; means and standard errors are over the folds. Best: the least bounded loss. Sparsest: ",
            s_path.Value.Judging, StringComparison.Ordinal);
        Assert.EndsWith(s_path.Value.Judging + Environment.NewLine, s_path.Value.ToString(), StringComparison.Ordinal);
    }

    [Theory, AllTasks]
    public void AnyNumberOfThreads_GivesTheSame(string task)
    {
        DGatingPath one = Run(1), two = Run(2);
        Assert.Equal(one.Candidates, two.Candidates);
        Assert.Equal(one.Points, two.Points);
        Assert.Equal(one.Ranking.Select(feature => feature.Index), two.Ranking.Select(feature => feature.Index));

        DGatingPath Run(int threads)
        {
            var context = new MLContext(seed: 4);
            return CrossValidate(TrainingTask.Get(task).Trainer(context, change: options =>
            {
                options.NumberOfThreads = threads;
                options.InputNoise = null;
            }), DataRow.View(context, s_rows[..60]), 3, null);
        }
    }

    [Fact]
    public void RowsOfOneKey_AreNeverOnBothSides_SoThatNothingIsLearnedByHeart()
    {
        // Who a patient is says all about its flag, and nothing about another patient's.
        IDataView data = Visit.View(s_context, Visit.Rows(patients: 20, visits: 10, seed: 2));
        Assert.InRange(Accuracy(null), 0.95, 1);
        Assert.InRange(Accuracy(nameof(Visit.Text)), 0.1, 0.75);

        double Accuracy(string? key) => Binary().FitPathCrossValidated(data, 4, key).Candidates[0].Metric;
    }

    [Theory]
    [InlineData(nameof(Visit.Text))]
    [InlineData(nameof(Visit.Whole))]
    [InlineData(nameof(Visit.Number))]
    [InlineData(nameof(Visit.Time))]
    [InlineData(nameof(Visit.Key))]
    [InlineData(nameof(Visit.IsEarly))]
    public void AKey_MayBeAnyScalar(string column)
    {
        int patients = column == nameof(Visit.IsEarly) ? 2 : 12;
        DGatingPath path = Binary().FitPathCrossValidated(Visit.View(s_context, Visit.Rows(patients: 12, visits: 3, seed: 2)), 2, column);
        Assert.StartsWith($"2-fold cross-validation of 36 rows, {patients} sampling keys;", path.Judging, StringComparison.Ordinal);
    }

    [Fact]
    public void KeysAreReadWithTheRows_WhereSomeAreSkipped()
    {
        Visit[] rows = Visit.Rows(patients: 12, visits: 4, seed: 2);
        int skipped = rows.Count(row => row.Whole == 0);
        Array.ForEach(rows, row => row.Features[3] = row.Whole == 0 ? float.PositiveInfinity : row.Features[3]);
        DGatingPath path = Binary().FitPathCrossValidated(Visit.View(s_context, rows), 2, nameof(Visit.Text));
        Assert.StartsWith(
            $"2-fold cross-validation of {rows.Length - skipped} rows, 11 sampling keys;", path.Judging, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null,
        "There must be at least 2 folds, but folds was 1. FitPath judges counts on a single part of the rows. (Parameter 'folds')")]
    [InlineData(49, null,
        "48 rows cannot be dealt into 49 folds. Give at most as many folds as there are rows; 5 or 10 are usual. (Parameter 'folds')")]
    [InlineData(13, "Text",
        "Column 'Text' has 12 different sampling keys, and rows of one key stay together, so that 13 folds cannot be filled. "
        + "Give at most 12 folds. (Parameter 'folds')")]
    [InlineData(3, "Nothing", "Could not find sampling key column 'Nothing' (Parameter 'samplingKeyColumnName')")]
    [InlineData(3, "Features",
        "Schema mismatch for sampling key column 'Features': expected a scalar: text, key, number, Boolean or time, "
        + "got Vector<Single, 10> (Parameter 'samplingKeyColumnName')")]
    public void WhatCannotBe_IsSaid(int folds, string? key, string message) => Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(
        () => Binary().FitPathCrossValidated(Visit.View(s_context, Visit.Rows(patients: 12, visits: 4, seed: 2)), folds, key)).Message);

    [Theory]
    [InlineData("binary", null, "true", "")]
    [InlineData("multiclass", null, "3", "")]
    [InlineData("multiclass", "Weight", "3", " under several keys of 'Weight',")]
    public void AClassThatAFoldLacks_IsNamed_AndTheFitGoesOn(string task, string? key, string name, string keys)
    {
        // Which fold the class falls into is the seed's choice.
        string message = $"^Class {name} is missing from what fold [12] of 2 is trained on: all 1 of its rows are held out there\\. "
            + $"Give more rows of it,{keys} or merge it with another class\\.$";
        DataRow[] rows =
        [
            DataRow.Create([1, 2, 0], 1),
            .. Enumerable.Range(0, 40).Select(i => DataRow.Create([i % 3, i % 7, i % 5], i % 2 == 0 && task == "multiclass" ? -1 : 0)),
        ];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Weight = i;
        }

        var context = new MLContext(seed: 1);
        var log = new MessageLog(context);
        DGatingPath path = CrossValidate(TrainingTask.Get(task).Trainer(context), DataRow.View(context, rows), 2, key);
        Assert.Equal(0, path.Candidates[^1].FeatureCount);
        Assert.Single(log.Warnings, warning => Regex.IsMatch(warning, message));
    }

    [Fact]
    public void NamedClasses_AreWarnedOfByName()
    {
        var context = new MLContext(seed: 1);
        var log = new MessageLog(context);
        IDataView data = context.Transforms.Conversion.MapValueToKey("Kind", nameof(Visit.Text)).Fit(Data(3)).Transform(Data(3));
        var trainer = (DGatingMulticlassTrainer)TrainingTask.Get("multiclass").Trainer(context);
        trainer.FitPathCrossValidated(data, 2, nameof(Visit.Whole));
        Assert.Equal(
            ["Class 'patient 0' is missing", "Class 'patient 1' is missing", "Class 'patient 2' is missing"],
            log.Warnings.Select(warning => warning[..28]).Order());

        IDataView Data(int patients) => Visit.View(context, Visit.Rows(patients, visits: 8, seed: 1));
    }

    [Fact]
    public void Cancelling_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        var seen = new Recorder { Then = _ => source.Cancel() };
        var context = new MLContext(seed: 1);
        DGatingRegressionTrainer trainer = Regression(context, options =>
        {
            options.Progress = seen;
            options.CancellationToken = source.Token;
            options.NumberOfThreads = 2;
        });
        OperationCanceledException error =
            Assert.Throws<OperationCanceledException>(() => trainer.FitPathCrossValidated(DataRow.View(context, s_rows), 3));
        Assert.Equal(source.Token, error.CancellationToken);
        // The other thread may finish the iteration it is in.
        Assert.InRange(seen.All.Count, 1, 2);
        Assert.All(seen.All, progress => Assert.Equal(DGatingPhase.Choosing, progress.Phase));
    }

    [Fact]
    public void CancellingOnThePathOfAllRows_LeavesNothing()
    {
        using var source = new CancellationTokenSource();
        var seen = new Recorder { Then = progress => CancelOn(progress, source) };
        var context = new MLContext(seed: 1);
        DGatingRegressionTrainer trainer = Regression(context, options =>
        {
            options.Progress = seen;
            options.CancellationToken = source.Token;
        });
        Assert.Throws<OperationCanceledException>(() => trainer.FitPathCrossValidated(DataRow.View(context, s_rows), 2));
        Assert.Equal(DGatingPhase.Path, seen.All[^1].Phase);

        static void CancelOn(DGatingProgress progress, CancellationTokenSource source)
        {
            if (progress.Phase == DGatingPhase.Path)
            {
                source.Cancel();
            }
        }
    }

    private static DGatingRegressionTrainer Regression(MLContext context, Action<DGatingTrainerOptions>? change = null) =>
        (DGatingRegressionTrainer)TrainingTask.Get("regression").Trainer(context, change: change);

    private static DGatingBinaryTrainer Binary() =>
        (DGatingBinaryTrainer)TrainingTask.Get("binary").Trainer(s_context, change: options => options.NumberOfRefitIterations = 40);

    private static DGatingPath CrossValidate(IEstimator<ITransformer> trainer, IDataView data, int folds, string? key) => trainer switch
    {
        DGatingBinaryTrainer binary => binary.FitPathCrossValidated(data, folds, key),
        DGatingMulticlassTrainer multiclass => multiclass.FitPathCrossValidated(data, folds, key),
        _ => ((DGatingRegressionTrainer)trainer).FitPathCrossValidated(data, folds, key),
    };
}
