using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Which numbers are encoded as piecewise linear (docs/theory.md §19).</summary>
public class EncodingChoiceTests
{
    private const int Rows = 2000, Columns = 6;

    private static readonly FitSettings s_settings = TestRuns.Small
        .With(training => training with { HiddenLayers = null, BatchSize = null, LambdaGrowth = 1.3, NumberOfDenseIterations = 10 })
        .At(2) with { NumericEncoding = DGatingNumericEncoding.Auto, IsEvaluated = true };

    [Fact]
    public void ClassesThatFollowSteps_AreReadByIntervals_AndThePlantedFeaturesAreSelected()
    {
        (FitResult fit, string[] messages, _) = Fit(Planted.StepClasses(1, Rows, Columns, 1, 4), s_settings);
        Assert.Single(messages, message => message.StartsWith("Numbers are piecewise linear: ", StringComparison.Ordinal));
        Assert.True(fit.Encoding.IsPiecewise);
        Assert.Equal([1, 4], fit.Groups);
        double plain = Fit(Planted.StepClasses(1, Rows, Columns, 1, 4), Asked(DGatingNumericEncoding.None)).Fit.HeldOutMetric;
        Assert.InRange(fit.HeldOutMetric, plain + 0.005, 1);
    }

    [Theory]
    [InlineData(5000, 6, 40)]
    [InlineData(4999, 6, 10)]
    [InlineData(5000, 2, 10)]
    public void TheDensePhaseOnIntervals_IsLongerWhereNoPathFollowsOnManyRows(int rows, int count, int iterations)
    {
        TrainingSet data = Planted.StepClasses(1, rows, Columns, 1, 4);
        FitSettings piecewise = s_settings.At(count).With(training => training with { IsPiecewise = true });
        var dense = new List<DGatingProgress>();
        RunContext context = RunContext.Silent with { Progress = progress => Add(dense, progress) };
        TestRuns.Carry(data, piecewise.Path(TestRuns.All(data), [], 0, StopRule.AtCount(count)), context);
        Assert.Equal(iterations, dense.Count);

        static void Add(List<DGatingProgress> dense, DGatingProgress progress)
        {
            if (progress.Phase == DGatingPhase.Dense)
            {
                dense.Add(progress);
            }
        }
    }

    [Fact]
    public void SeveralClassesThatFollowSteps_AreReadByIntervals()
    {
        TrainingSet steps = Planted.Steps(2, 2 * Rows, Columns, 0, 3);
        TrainingSet data = steps with
        {
            Targets = Array.ConvertAll(steps.Targets, target => target < -1 ? 0f : target > 1 ? 2f : 1f),
            Task = Problem.TaskOf(3),
        };
        (FitResult fit, _, _) = Fit(data, s_settings);
        Assert.True(fit.Encoding.IsPiecewise);
        Assert.Equal([0, 3], fit.Groups);
    }

    [Fact]
    public void NumbersOfHeavyTails_AreReadByIntervals_AndThePlantedFeaturesAreSelected()
    {
        TrainingSet data = Planted.HeavyTails(3, Rows, Columns, [0, 2]);
        (FitResult fit, string[] messages, _) = Fit(data, s_settings);
        Assert.Single(messages, message => message.StartsWith("Numbers are piecewise linear: ", StringComparison.Ordinal));
        Assert.Equal([0, 2], fit.Groups);
        Assert.InRange(fit.HeldOutMetric, 0.9, 1);
    }

    [Fact]
    public void OfNumbers_WhereNothingIsSelected_NoEncodingIsCompared()
    {
        (FitResult fit, string[] messages, _) = Fit(Planted.HeavyTails(3, 1000, 3, [0, 2]), s_settings.At(3));
        Assert.DoesNotContain(messages, message => message.StartsWith("Numbers are ", StringComparison.Ordinal));
        Assert.Equal([0, 1, 2], fit.Groups);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TheStrongestNumbers_AreSelectedByIntervals_WhateverTheSeed(int seed)
    {
        FitSettings settings = Asked(DGatingNumericEncoding.PiecewiseLinear).At(3) with { Seed = seed };
        Assert.Equal([0, 1, 2], Fit(Planted.LinearClasses(15, 4000, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [0, 1, 2]), settings).Fit.Groups);
    }

    [Fact]
    public void ClassesThatAreLinear_AreReadAsBefore_ToTheBit() => AssertAsBefore(
        Planted.LinearClasses(3, Rows, [1, 2, 1, 1], [0, 1]), s_settings, "Numbers are standardized: after the dense phase ");

    [Fact]
    public void ClassesThatFollowFromNothing_AreReadAsBefore_ToTheBit()
    {
        var random = new Random(4);
        TrainingSet data = Planted.LinearClasses(4, Rows, [1, 2, 1, 1], [0]);
        AssertAsBefore(
            data with { Targets = [.. data.Targets.Select(_ => (float)random.Next(2))] }, s_settings, "Numbers are standardized: ");
    }

    [Fact]
    public void FewRows_AreReadAsBefore() => AssertAsBefore(Planted.StepClasses(5, 900, Columns, 0, 1), s_settings);

    [Fact]
    public void WideRows_AreReadAsBefore() => AssertAsBefore(Planted.StepClasses(6, 1200, 201, 0, 1), s_settings);

    [Fact]
    public void WithInputNoise_OrSeveralRuns_NumbersAreReadAsBefore()
    {
        AssertAsBefore(Planted.StepClasses(7, Rows, Columns, 0, 1), s_settings with { InputNoise = 0.3 });
        AssertAsBefore(Planted.StepClasses(7, Rows, Columns, 0, 1), s_settings with { NumberOfRuns = 2 });
    }

    [Fact]
    public void RunsInBatches_ReadNumbersAsBefore_AndTellThatIntervalsAreLeftOut()
    {
        TrainingSet data = Planted.StepClasses(8, 1000, Columns, 0, 1);
        (FitResult auto, _, string[] silent) = Fit(data, s_settings, TestRuns.Batched);
        (FitResult asked, _, string[] warnings) = Fit(data, Asked(DGatingNumericEncoding.PiecewiseLinear), TestRuns.Batched);
        Assert.False(auto.Encoding.IsPiecewise || asked.Encoding.IsPiecewise);
        Assert.Empty(silent);
        Assert.Equal(
            "NumericEncoding PiecewiseLinear is left out: it is for a label and dense rows, on the CPU.",
            warnings.Single());
    }

    [Fact]
    public void SparseRows_AreReadAsBefore_AndTheUserIsToldWhereIntervalsWereAsked()
    {
        TrainingSet dense = Planted.StepClasses(9, 1200, Columns, 0, 1);
        TrainingSet data = dense with { Features = dense.Features.AsSparse() };
        (FitResult auto, _, string[] silent) = Fit(data, s_settings);
        (FitResult asked, _, string[] warnings) = Fit(data, Asked(DGatingNumericEncoding.PiecewiseLinear));
        Assert.False(auto.Encoding.IsPiecewise || asked.Encoding.IsPiecewise);
        Assert.Empty(silent);
        Assert.StartsWith("NumericEncoding PiecewiseLinear is left out: ", warnings.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void IntervalsThatAreAsked_AreTaken_ForAnyLabelAndFewRows()
    {
        TrainingSet[] labels =
        [
            Planted.Steps(10, 300, Columns, 0, 1), Planted.LinearClasses(10, 300, [1, 2, 1], [1]), Planted.Classes(10, 300, 4),
        ];
        foreach (TrainingSet data in labels)
        {
            (FitResult fit, _, string[] warnings) = Fit(data, Asked(DGatingNumericEncoding.PiecewiseLinear));
            Assert.Empty(warnings);
            Assert.True(fit.Encoding.IsPiecewise);
            Assert.Equal([DGatingDefaults.PiecewiseNeurons], fit.Shape.Hidden);
            Assert.True(fit.Shape.Skip);
            Assert.Equal(data.Groups.Encoded(fit.Encoding).ColumnsOf(fit.Groups).Length * fit.Shape.GatedWidth, fit.State.Primary.Length);
            Assert.All(TestRuns.Values(fit.State), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void GivenLayersAndPart_AreThoseOfTheNetworkOfIntervals()
    {
        FitSettings settings = Asked(DGatingNumericEncoding.PiecewiseLinear)
            .With(training => training with { HiddenLayers = [5, 4], AdditivePart = false });
        FitResult fit = Fit(Planted.StepClasses(11, 300, Columns, 0, 1), settings).Fit;
        Assert.Equal([5, 4], fit.Shape.Hidden);
        Assert.False(fit.Shape.Skip);
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads()
    {
        TrainingSet data = Planted.StepClasses(12, 2 * Rows, Columns, 1, 4);
        FitResult fit = TestRuns.Fit(data, s_settings), other = TestRuns.Fit(data, s_settings, TestRuns.OnThreads(2));
        Assert.True(fit.Encoding.IsPiecewise);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(other.State));
        Assert.Equal(fit.LambdaOut, other.LambdaOut);
    }

    [Fact]
    public void GroupsOfSeveralInputs_LeaveAndStayWhole()
    {
        TrainingSet data = Planted.StepClasses(13, 2 * Rows, 7, 0, 3);
        data = data with { Groups = GroupLayout.FromSizes([2, 1, 3, 1]) };
        FitResult fit = Fit(data, s_settings).Fit;
        Assert.True(fit.Encoding.IsPiecewise);
        Assert.Equal([0, 2], fit.Groups);
    }

    private static FitSettings Asked(DGatingNumericEncoding encoding) => s_settings with { NumericEncoding = encoding };

    private static void AssertAsBefore(TrainingSet data, FitSettings settings, string? message = null)
    {
        (FitResult auto, string[] messages, string[] warnings) = Fit(data, settings);
        (FitResult none, _, string[] usual) = Fit(data, settings with { NumericEncoding = DGatingNumericEncoding.None });
        Assert.False(auto.Encoding.IsPiecewise);
        Assert.Equal(TestRuns.Values(none.State), TestRuns.Values(auto.State));
        Assert.Equal(none.LambdaOut, auto.LambdaOut);
        Assert.Equal(usual, warnings);
        string[] ofEncoding = [.. messages.Where(text => text.StartsWith("Numbers are ", StringComparison.Ordinal))];
        Assert.Equal(message is null ? 0 : 1, ofEncoding.Length);
        Assert.StartsWith(message ?? "", ofEncoding.SingleOrDefault() ?? "", StringComparison.Ordinal);
    }

    private static (FitResult Fit, string[] Messages, string[] Warnings) Fit(
        TrainingSet data, FitSettings settings, ExecutionSettings? execution = null)
    {
        List<string> messages = [], warnings = [];
        FitResult fit = TestRuns.Fit(data, settings, execution, RunContext.Silent with { Inform = messages.Add, Warn = warnings.Add });
        return (fit, [.. messages], [.. warnings]);
    }
}
