using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class AutomaticFitTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);

    private static readonly FitSettings s_settings =
        TestRuns.Small.With(training => training with { LambdaGrowth = 1.3 }) with { InputNoise = null };

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads_AndAnotherGivesOthers()
    {
        FitResult fit = TestRuns.Fit(s_data, s_settings), again = TestRuns.Fit(s_data, s_settings);
        foreach (FitResult other in (FitResult[])[again, TestRuns.Fit(s_data, s_settings, TestRuns.OnThreads(3))])
        {
            Assert.Equal(fit.Groups, other.Groups);
            Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(other.State));
            Assert.Equal(fit.Points, other.Points);
            Assert.Equal(fit.LambdaOut, other.LambdaOut);
        }

        FitResult ofAnotherSeed = TestRuns.Fit(s_data, s_settings.At(fit.Groups.Length) with { Seed = 9 });
        Assert.NotEqual(TestRuns.Values(fit.State), TestRuns.Values(ofAnotherSeed.State));
    }

    [Fact]
    public void WhatIsLeftOpen_IsChosen_AndThePlantedGroupsAreAmongTheChosen()
    {
        FitResult fit = TestRuns.Fit(s_data, s_settings);
        Assert.Superset(new HashSet<int> { 1, 5 }, fit.Groups.ToHashSet());
        Assert.Contains(fit.InputNoise, (double[])[0, 0.5, 1]);
        Assert.All(fit.Points, point => Assert.True(double.IsFinite(point.HeldOutLoss)));
    }

    [Fact]
    public void WhereTheDenseNetworkSaysMoreOfHeldOutRowsThanAConstant_NoNoiseIsTried()
    {
        (FitResult fit, List<string> messages, int choosing) = FitWithMessages(s_data, s_settings.At(2));
        Assert.Equal([1, 5], fit.Groups);
        Assert.Equal(0, fit.InputNoise);
        Assert.EndsWith("no input noise is needed.", messages.Single(), StringComparison.Ordinal);
        Assert.Equal(s_settings.Training.NumberOfDenseIterations, choosing);
    }

    [Fact]
    public void WhereTheDenseNetworkMemorises_NoiseIsTried()
    {
        // The label says nothing: whatever is learnt of it is wrong elsewhere.
        var random = new Random(3);
        TrainingSet data = s_data with { Targets = [.. s_data.Targets.Select(_ => random.NextNormal())] };
        (_, List<string> messages, int choosing) =
            FitWithMessages(data, s_settings.At(2).With(training => training with { NumberOfDenseIterations = 50 }));
        Assert.EndsWith("it memorises its rows, and input noise 0, 0.5, 1 is tried.", messages[0], StringComparison.Ordinal);
        Assert.Contains("input noise among 0, 0.5, 1", messages[1], StringComparison.Ordinal);
        Assert.True(choosing > 4 * 50);
    }

    [Fact]
    public void ALabelThatFollowsFromNothing_IsPredictedByAConstant_WithAWarning()
    {
        var random = new Random(5);
        var warnings = new List<string>();
        TrainingSet data = Planted.LinearClasses(1, 600, [1, 1, 1, 1, 1, 1], [0]);
        data = data with { Targets = [.. data.Targets.Select(_ => (float)random.Next(2))] };
        FitResult fit = TestRuns.Fit(data, s_settings, context: RunContext.Silent with { Warn = warnings.Add });
        Assert.Empty(fit.Groups);
        Assert.False(fit.IsBetterThanConstant);
        Assert.StartsWith("The features do not predict the label", warnings.Single(), StringComparison.Ordinal);
        FitResult asked = TestRuns.Fit(data, s_settings.At(2) with { IsEvaluated = true });
        Assert.Equal(2, asked.Groups.Length);
        Assert.False(asked.IsBetterThanConstant);
    }

    [Fact]
    public void FewHeldOutRows_LeaveTheChoiceToFolds_WithTheSameBitsOnAnyNumberOfThreads()
    {
        FitResult fit = TestRuns.Fit(s_data, s_settings), other = TestRuns.Fit(s_data, s_settings, TestRuns.OnThreads(2));
        Assert.Equal((200, 5), (fit.Choice!.HeldOutRows, fit.Choice.Folds));
        Assert.InRange(fit.Choice.Agreement, 0, 1);
        Assert.True(fit.IsBetterThanConstant);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(other.State));
        Assert.Equal(fit.Choice, other.Choice);
    }

    [Fact]
    public void ManyHeldOutRows_DecideAlone_AndTheSameBitsComeOutOnAnyNumberOfThreads()
    {
        TrainingSet data = Planted.LinearClasses(2, 1500, [1, 1, 1, 1, 1, 1], [0, 3]);
        FitResult fit = TestRuns.Fit(data, s_settings), other = TestRuns.Fit(data, s_settings, TestRuns.OnThreads(2));
        Assert.Equal([0, 3], fit.Groups);
        Assert.Equal((300, 1), (fit.Choice!.HeldOutRows, fit.Choice.Folds));
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(other.State));
        Assert.Equal(fit.Points, other.Points);
        Assert.Equal(fit.LambdaOut, other.LambdaOut);
    }

    [Theory]
    [InlineData(300, 0.9)]
    [InlineData(1500, 1)]
    public void AGivenCountOfClasses_IsEvaluatedOnRowsNotTrainedOn_SoThatItIsNotTooSure(int rows, double largestFactor)
    {
        TrainingSet data = Planted.NoisyClasses(rows);
        FitSettings settings = s_settings.At(30).With(training => training with { NumberOfRefitIterations = 60 }) with { InputNoise = 0 };
        (FitResult fit, List<string> messages, _) = FitWithMessages(data, settings);
        Assert.StartsWith($"Choosing on {rows / 5} held-out rows", messages[0], StringComparison.Ordinal);
        Assert.InRange(fit.Calibration, 0.01, largestFactor);
        Assert.Null(fit.Choice);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(TestRuns.Fit(data, settings, TestRuns.OnThreads(2)).State));
    }

    [Fact]
    public void AGivenCount_IsNotEvaluated_WhereNumbersArePredictedOrRowsAreMany()
    {
        FitSettings settings = s_settings.At(2) with { InputNoise = 0 };
        Assert.Equal(0, FitWithMessages(s_data, settings).Choosing);
        Assert.Equal(0, FitWithMessages(Planted.NoisyClasses(5000), settings).Choosing);
        Assert.NotEqual(0, FitWithMessages(Planted.NoisyClasses(4999), settings).Choosing);
    }

    [Fact]
    public void ACount_IsKeptExactly_AndLambdaOutTellsWhoWasSelected() => Gen.Int[0, 12].Sample(count =>
    {
        FitResult fit = TestRuns.Fit(
            s_data, s_settings.At(count).With(training => training with { NumberOfRefitIterations = 2 }) with { InputNoise = 0 });
        Assert.Equal(Math.Min(count, 8), fit.Groups.Length);
        Assert.All(Enumerable.Range(0, 8), group =>
            Assert.Equal(fit.Groups.Contains(group), double.IsPositiveInfinity(fit.LambdaOut[group])));
        Assert.Equal(s_data.Groups.ColumnsOf(fit.Groups).Length * fit.Shape.GatedWidth, fit.State.Primary.Length);
    }, iter: 8);

    [Fact]
    public void ALambda_IsTaken_WithoutChoosing()
    {
        var phases = new HashSet<DGatingPhase>();
        RunContext context = RunContext.Silent with { Progress = progress => phases.Add(progress.Phase) };
        FitSettings settings = s_settings with { InputNoise = 0 };
        FitResult all = TestRuns.Fit(s_data, settings.AtLambda(0), context: context);
        Assert.Equal(8, all.Groups.Length);
        Assert.DoesNotContain(DGatingPhase.Choosing, phases);
        Assert.Empty(TestRuns.Fit(s_data, settings.AtLambda(1e5)).Groups);
    }

    [Fact]
    public void ValidationRows_AreChosenBy_AndNotTrainedOn()
    {
        int[] training = [.. Enumerable.Range(0, 150)], validation = [.. Enumerable.Range(150, 50)];
        FitResult Fit(TrainingSet data, FitSettings settings)
        {
            using FitWorkflow workflow = TestRuns.Workflow(data, settings);
            return AutomaticFit.Run(workflow, training, validation);
        }

        FitResult fit = Fit(s_data, s_settings);
        FitSettings given = s_settings.At(fit.Groups.Length) with { InputNoise = fit.InputNoise };
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(Fit(s_data, given).State));

        // They end the refit, but have no part in the path.
        float[] shaken = [.. s_data.Targets.Select((target, row) => row < 150 ? target : 1000 + target)];
        FitResult other = Fit(s_data with { Targets = shaken }, given);
        Assert.Equal(fit.LambdaOut, other.LambdaOut);
        Assert.Equal(fit.Points.Select(point => point.TrainingLoss), other.Points.Select(point => point.TrainingLoss));
    }

    [Fact]
    public void TooFewRowsToHoldOut_AreTrainedOnWithAWarning()
    {
        var warnings = new List<string>();
        TrainingSet data = Planted.Linear(1, 2, [1, 1, 1], [1]);
        FitResult fit = TestRuns.Fit(data, s_settings, context: RunContext.Silent with { Warn = warnings.Add });
        Assert.Equal([0, 1, 2], fit.Groups);
        Assert.StartsWith("2 rows are too few to hold some out", warnings.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_AreAsGoodAsRepeatedRows()
    {
        TrainingSet plain = Planted.Linear(4, 60, [1, 2, 1, 1], [1]);
        int[] times = [.. Enumerable.Range(0, plain.Rows).Select(row => 1 + row % 3)];
        int[] repeated = [.. Enumerable.Range(0, plain.Rows).SelectMany(row => Enumerable.Repeat(row, times[row]))];
        TrainingSet weighted = plain with { Weights = [.. times.Select(count => 5f * count)] };
        FitSettings settings = TestRuns.Small.At(2).With(training => training with { BatchSize = 10_000, NumberOfRefitIterations = 60 });
        FitResult byWeight = TestRuns.Fit(weighted, settings), byRepetition = TestRuns.Fit(plain.Take(repeated), settings);
        Assert.Equal(byRepetition.Groups, byWeight.Groups);
        Near.Rounding(byRepetition.Encoding.Offsets, byWeight.Encoding.Offsets, 1e-6);
        Near.Rounding(TestRuns.Values(byRepetition.State), TestRuns.Values(byWeight.State), 1e-4);
        Assert.Equal(byRepetition.Points[^1].TrainingLoss, byWeight.Points[^1].TrainingLoss, 1e-4);
        Assert.NotEqual(byRepetition.Encoding.Offsets, TestRuns.Fit(plain, settings).Encoding.Offsets);
    }

    // One label of three is that of a coin.
    private static (FitResult Fit, List<string> Messages, int Choosing) FitWithMessages(TrainingSet data, FitSettings settings)
    {
        var messages = new List<string>();
        int choosing = 0;
        FitResult fit = TestRuns.Fit(data, settings, context: RunContext.Silent with
        {
            Inform = messages.Add,
            Progress = progress => choosing += progress.Phase == DGatingPhase.Choosing ? 1 : 0,
        });
        return (fit, messages, choosing);
    }
}
