using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Search;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Search;

public class SettingsSearchTests
{
    private static readonly TrainingSet s_product = Planted.Product(1, 400, 5, 0, 3);
    private static readonly FitSettings s_linear = TestRuns.Linear.At(2);
    private static readonly FitSettings s_hidden =
        s_linear.With(training => training with { HiddenLayers = [16], NumberOfRefitIterations = 40 });
    private static readonly FitSettings s_decayed = s_linear.With(training => training with { L2Regularization = 1 });

    [Fact]
    public void ASettingThatIsClearlyBetter_IsTakenOverCandidate0() =>
        Assert.Equal(1, Search([s_linear, s_hidden, s_decayed]).Winner.Candidate);

    [Fact]
    public void Candidate0_StandsAgainstEquals_AndAgainstWorse() =>
        Assert.Equal(0, Search([s_hidden, s_hidden, s_linear, s_decayed]).Winner.Candidate);

    [Fact]
    public void Candidate0_IsOnEveryRung()
    {
        IEnumerable<FitSettings> others =
            Enumerable.Range(1, 7).Select(i => s_hidden.With(training => training with { L2Regularization = 1e-3 * i }));
        SearchOutcome outcome = Search([s_linear, .. others]);
        Assert.True(outcome.IsComplete);
        Assert.Equal([0, 1, 2, 3], outcome.Trials.Where(trial => trial.Candidate == 0).Select(trial => trial.Rung));
        Assert.Equal([8, 5, 4, 2], outcome.Trials.CountBy(trial => trial.Rung).Select(ofRung => ofRung.Value));
    }

    [Fact]
    public void ATrial_ScoresAsItsRefitWould()
    {
        // The same fit, evaluated once by the search and once by the refit's own held-out rows.
        int[] training = [.. Enumerable.Range(0, 300)], heldOut = [.. Enumerable.Range(300, 100)];
        FitSettings deep = s_hidden.With(with => with with { AdditivePart = true, HiddenLayers = [8, 4] });
        foreach (FitSettings settings in (FitSettings[])[s_hidden, deep, s_linear])
        {
            Candidate trial = TestRuns.Carry(s_product, settings.Path(training, heldOut, noise: 0, StopRule.AtCount(2))).Candidates()[0];
            var fit = FitResult.Of(trial, s_product.EncodingBy(training, isPiecewise: false));
            RefitResult evaluated = TestRuns.Evaluate(s_product, settings, fit, training, heldOut);
            Assert.All(trial.HeldOutLosses.Zip(evaluated.HeldOutLosses), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(trial.Refit.HeldOutMetric, evaluated.HeldOutMetric);
            Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(evaluated.State));
        }
    }

    [Fact]
    public void WhereAllDiverge_TheErrorSaysSo()
    {
        FitSettings wild = s_hidden.With(training => training with { LearningRate = 1e6 });
        FitSettings another = wild.With(training => training with { L2Regularization = 0 });
        InvalidOperationException error = Assert.ThrowsAny<InvalidOperationException>(() => Search([wild, another]));
        Assert.StartsWith("Training diverged with every setting.", error.Message, StringComparison.Ordinal);
    }

    private static SearchOutcome Search(FitSettings[] candidates)
    {
        using IRunExecutor executor = RunExecutor.Create(s_product, TestRuns.OnThreads(2), RunContext.Silent);
        var rows = SearchRows.Deal(s_product, TestRuns.All(s_product), seed: 7);
        return new SettingsSearch(s_product, rows, candidates, executor, RunContext.Silent).Run((_, _) => { });
    }
}
