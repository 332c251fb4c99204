using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Search;
using MLNet.DGating.Torch.Settings;
using MLNet.DGating.Torch.Tests.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.Search;

public class SettingsSearchTests
{
    private static readonly TrainingSet s_product = Planted.Product(1, 400, 5, 0, 3);
    private static readonly TrainingSettings s_linear = Runs.Linear(new LogisticLoss()) with { Count = 2 };
    private static readonly TrainingSettings s_hidden = s_linear with { Hidden = [16], RefitIterations = 40 };

    [Fact]
    public void ASettingThatIsClearlyBetter_IsTakenOverCandidate0() => Assert.Equal(1, Search([s_linear, s_hidden, s_linear with { L2 = 1 }]).Winner.Candidate);

    [Fact]
    public void Candidate0_StandsAgainstEquals_AndAgainstWorse() => Assert.Equal(0, Search([s_hidden, s_hidden, s_linear, s_linear with { L2 = 1 }]).Winner.Candidate);

    [Fact]
    public void Candidate0_IsOnEveryRung()
    {
        SearchOutcome outcome = Search([s_linear, .. Enumerable.Range(0, 7).Select(i => s_hidden with { L2 = 1e-3 * (i + 1) })]);
        Assert.True(outcome.IsComplete);
        Assert.Equal([0, 1, 2, 3], outcome.Trials.Where(trial => trial.Candidate == 0).Select(trial => trial.Rung));
        Assert.Equal([8, 5, 4, 2], outcome.Trials.CountBy(trial => trial.Rung).Select(ofRung => ofRung.Value));
    }

    [Fact]
    public void ATrial_ScoresAsItsRefitWould()
    {
        // The same fit, judged once by the search and once by the refit's own held-out rows.
        int[] training = [.. Enumerable.Range(0, 300)], heldOut = [.. Enumerable.Range(300, 100)];
        foreach (TrainingSettings settings in new[] { s_hidden, s_hidden with { Skip = true, Hidden = [8, 4] }, s_linear })
        {
            Candidate trial = new TrialRuns(s_product, settings, RunContext.Silent).Run(training, heldOut, [0], [2])[0];
            FitResult fit = FitResult.Of(trial, ColumnScaling.Compute(s_product.Features, training, []));
            double[] losses = new RowEvaluation(s_product, heldOut, settings.Loss).PerRow(FittedScores.Of(fit, s_product, heldOut, settings));
            Assert.All(trial.HeldOutLosses.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void WhereAllDiverge_TheErrorSaysSo()
    {
        TrainingSettings wild = s_hidden with { LearningRate = 1e6 };
        var error = Assert.ThrowsAny<InvalidOperationException>(() => Search([wild, wild with { L2 = 0 }]));
        Assert.StartsWith("Training diverged with every setting.", error.Message, StringComparison.Ordinal);
    }

    private static SearchOutcome Search(TrainingSettings[] candidates)
    {
        var runs = new TrialRuns(s_product, s_linear with { Seed = 7 }, RunContext.Silent);
        return new SettingsSearch(s_product, SearchRows.Deal(Runs.All(s_product), runs), candidates, 2, RunContext.Silent).Run((_, _) => { });
    }
}
