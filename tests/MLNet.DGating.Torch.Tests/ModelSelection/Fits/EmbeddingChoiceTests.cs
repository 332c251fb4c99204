using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>When a network of embeddings takes the place of the refit (docs/theory.md §20).</summary>
public class EmbeddingChoiceTests
{
    private const int Rows = 2000, Columns = 5;

    private static readonly FitSettings s_settings = TestRuns.Small
        .With(training => training with { HiddenLayers = null, BatchSize = null, LambdaGrowth = 1.3, NumberOfDenseIterations = 10 })
        with { NumericEncoding = DGatingNumericEncoding.Auto };

    [Fact]
    public void NumbersThatFollowFromTwoTogether_ArePredictedByEmbeddings_OfThePlantedFeatures()
    {
        (FitResult fit, string[] messages, _) = Fit(Signs(1, Rows), s_settings.At(2));
        AssertEmbedded(fit, messages, [0, 1]);
        // R² of the held-out rows that the choice was made by.
        Assert.InRange(fit.HeldOutMetric, 0.9, 1);
    }

    [Fact]
    public void OfManyRows_ThePartThatIsHeldOutDecides()
    {
        (FitResult fit, string[] messages, _) = Fit(Signs(2, 5000), Short(s_settings.At(2)));
        AssertEmbedded(fit, messages, [0, 1]);
        Assert.InRange(fit.HeldOutMetric, 0.9, 1);
    }

    [Fact]
    public void WhereTheCountIsOpen_TheNetworkOfTheChosenCountIsTried()
    {
        (FitResult fit, string[] messages, _) = Fit(Signs(3, Rows), s_settings);
        AssertEmbedded(fit, messages, fit.Groups);
        Assert.Superset(new HashSet<int> { 0, 1 }, fit.Groups.ToHashSet());
        Assert.NotNull(fit.Choice);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GivenValidationRows_Decide(bool hasCount)
    {
        TrainingSet data = Signs(4, 2400);
        var messages = new List<string>();
        using FitWorkflow workflow = TestRuns.Workflow(
            data, hasCount ? s_settings.At(2) : s_settings, context: RunContext.Silent with { Inform = messages.Add });
        int[] all = TestRuns.All(data);
        FitResult fit = AutomaticFit.Run(workflow, all[..2000], all[2000..]);
        AssertEmbedded(fit, [.. messages], fit.Groups);
        Assert.Superset(new HashSet<int> { 0, 1 }, fit.Groups.ToHashSet());
        Assert.InRange(fit.HeldOutMetric, 0.85, 1);
    }

    [Fact]
    public void NumbersThatAreLinear_KeepTheRefit_ToTheBit() =>
        AssertAsBefore(Planted.Linear(5, Rows, [1, 2, 1, 1], [0, 1]), s_settings.At(2), "A network of embeddings is left out: ");

    [Fact]
    public void OfManyRows_LinearNumbersKeepTheWholeRefit_ToTheBit() =>
        AssertAsBefore(Planted.Linear(5, 5200, [1, 2, 1, 1], [0, 1]), s_settings.At(2), "A network of embeddings is left out: ");

    [Fact]
    public void OfManyRows_ARefitThatIsFarWorse_IsNotFinished()
    {
        Assert.Equal(12, Refitted(DGatingNumericEncoding.Auto));
        Assert.Equal(60, Refitted(DGatingNumericEncoding.None));

        // The iterations of the refit, before embeddings were compared with it.
        static int Refitted(DGatingNumericEncoding encoding)
        {
            FitSettings settings = Short(s_settings.At(Columns) with { NumericEncoding = encoding })
                .With(training => training with { NumberOfRefitIterations = 60 });
            int most = 0;
            bool isCompared = false;
            TestRuns.Fit(Planted.Steps(2, 5000, Columns, 1, 3), settings, context: RunContext.Silent with
            {
                Inform = text => isCompared |= text.StartsWith("A network of embeddings", StringComparison.Ordinal),
                Progress = progress => most = !isCompared && progress.Phase == DGatingPhase.Refit ? progress.Iteration : most,
            });
            return most;
        }
    }

    [Fact]
    public void ClassesThatFollowFromTwoNumbersTogether_ArePredictedByEmbeddings()
    {
        (FitResult fit, string[] messages, _) = Fit(Planted.Chessboard(11, 4000, 4), Short(s_settings.At(2)));
        AssertEmbedded(fit, messages, [0, 1]);
        FitSettings standardized = Short(s_settings.At(2)) with { NumericEncoding = DGatingNumericEncoding.None, IsEvaluated = true };
        double plain = Fit(Planted.Chessboard(11, 4000, 4), standardized).Fit.HeldOutMetric;
        Assert.InRange(plain, 0, fit.HeldOutMetric - 0.15);
    }

    [Fact]
    public void ClassesThatAreLinear_KeepTheRefit_ToTheBit() =>
        AssertAsBefore(LogOdds(6, 1200, 3), s_settings.At(1), "A network of embeddings is left out: after a third");

    [Fact]
    public void OfManyRowsOfLinearClasses_APartTellsThatEmbeddingsAreNotNeeded() => AssertAsBefore(
        LogOdds(9, 19_000, 12), s_settings.At(12), "A network of embeddings is left out: trained on 8192 rows");

    [Fact]
    public void GivenLayers_AndFewRows_KeepTheRefit_ToTheBit()
    {
        AssertAsBefore(
            Planted.Steps(6, Rows, Columns, 1, 3), s_settings.At(Columns).With(training => training with { HiddenLayers = [8] }), null);
        AssertAsBefore(Planted.Steps(6, 900, Columns, 1, 3), s_settings.At(2), null);
    }

    [Fact]
    public void EmbeddingsThatAreAsked_AreTaken_ForAnyLabel()
    {
        FitSettings asked = Short(s_settings.At(1) with { NumericEncoding = DGatingNumericEncoding.Embedding });
        foreach (TrainingSet data in (TrainingSet[])[Planted.Linear(7, 300, [1, 2, 1], [1]), Planted.Classes(7, 300, 3)])
        {
            (FitResult fit, string[] messages, string[] warnings) = Fit(data, asked);
            AssertEmbedded(fit, messages, fit.Groups);
            Assert.Empty(warnings);
        }
    }

    [Fact]
    public void EmbeddingsThatAreAsked_OfRunsInBatches_AreLeftOutWithAWarning()
    {
        FitSettings asked = s_settings.At(1) with { NumericEncoding = DGatingNumericEncoding.Embedding };
        (FitResult fit, _, string[] warnings) = Fit(Planted.Linear(8, 200, [1, 2, 1], [1]), asked, TestRuns.Batched);
        Assert.False(fit.Encoding.IsPiecewise);
        Assert.Equal(
            "NumericEncoding Embedding is left out: it is for a label and dense rows, on the CPU.", warnings.Single());
    }

    [Fact]
    public void TheActivationThatWasGiven_IsThatOfTheModel()
    {
        FitSettings tanh = Short(s_settings.At(2) with { NumericEncoding = DGatingNumericEncoding.Embedding })
            .With(training => training with { Activation = DGatingActivation.Tanh });
        TrainingSet data = Planted.Steps(9, 1000, Columns, 1, 3);
        FitResult fit = Fit(data, tanh).Fit;
        Assert.Equal(DGatingActivation.Tanh, fit.Shape.Activation);
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads()
    {
        TrainingSet data = Planted.Steps(10, 1200, Columns, 1, 3);
        FitSettings settings = Short(s_settings.At(2));
        FitResult fit = TestRuns.Fit(data, settings), other = TestRuns.Fit(data, settings, TestRuns.OnThreads(2));
        Assert.True(fit.Encoding.IsPiecewise);
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(other.State));
        FitResult ofAnotherSeed = TestRuns.Fit(data, settings with { Seed = 9 });
        Assert.NotEqual(TestRuns.Values(fit.State), TestRuns.Values(ofAnotherSeed.State));
    }

    [Fact]
    public void StepSizes_RiseShortly_AndFallToZero()
    {
        var settings = new EmbeddingSettings();
        Assert.Equal(0, settings.StepSizeAt(0), 1e-9);
        Assert.Equal(0, settings.StepSizeAt(1), 1e-9);
        Assert.InRange(settings.StepSizeAt(DGatingDefaults.WarmUp), 0.99 * settings.LearningRate, settings.LearningRate);
        double[] falling = [.. Enumerable.Range(5, 95).Select(i => settings.StepSizeAt(i / 100.0))];
        Assert.Equal(falling.OrderDescending(), falling);
    }

    // A number that is 1 where two others have the same sign, and 0 elsewhere.
    private static TrainingSet Signs(int seed, int rows) =>
        Planted.Product(seed, rows, Columns, 0, 1) with { Task = LearningTask.Regression };

    // Classes whose log-odds are twice one number.
    private static TrainingSet LogOdds(int seed, int rows, int columns)
    {
        var random = new Random(seed);
        TrainingSet data = Planted.Linear(seed, rows, [.. Enumerable.Repeat(1, columns)], [1]);
        float[] targets = [.. Enumerable.Range(0, rows).Select(i =>
            random.NextSingle() < 1 / (1 + MathF.Exp(-2 * ((DesignMatrix)data.Features).Row(i)[1])) ? 1f : 0)];
        return data with { Targets = targets, Task = LearningTask.Binary };
    }

    // A path that is followed in few, large steps.
    private static FitSettings Short(FitSettings settings) => settings.With(training => training with { LambdaGrowth = 2 });

    private static void AssertEmbedded(FitResult fit, string[] messages, int[] groups)
    {
        Assert.Single(messages, message => message.StartsWith("A network of embeddings is the model: ", StringComparison.Ordinal));
        var settings = new EmbeddingSettings();
        Assert.True(fit.Encoding.IsPiecewise);
        Assert.Equal(groups, fit.Groups);
        Assert.Equal([settings.Width * groups.Length, .. settings.HiddenLayers], fit.Shape.Hidden);
        Assert.Equal(groups.Length, fit.State.Gates.Length);
        Assert.All(fit.LambdaOut.Index(), lambda => Assert.Equal(groups.Contains(lambda.Index), double.IsPositiveInfinity(lambda.Item)));
    }

    private static void AssertAsBefore(TrainingSet data, FitSettings settings, string? message)
    {
        (FitResult auto, string[] messages, _) = Fit(data, settings);
        FitResult none = Fit(data, settings with { NumericEncoding = DGatingNumericEncoding.None }).Fit;
        Assert.Equal(TestRuns.Values(none.State), TestRuns.Values(auto.State));
        Assert.Equal(none.Shape.Hidden, auto.Shape.Hidden);
        string[] ofEmbeddings = [.. messages.Where(text => text.StartsWith("A network of embeddings", StringComparison.Ordinal))];
        Assert.Equal(message is null ? 0 : 1, ofEmbeddings.Length);
        Assert.StartsWith(message ?? "", ofEmbeddings.SingleOrDefault() ?? "", StringComparison.Ordinal);
    }

    private static (FitResult Fit, string[] Messages, string[] Warnings) Fit(
        TrainingSet data, FitSettings settings, ExecutionSettings? execution = null)
    {
        List<string> messages = [], warnings = [];
        FitResult fit = TestRuns.Fit(data, settings, execution, RunContext.Silent with { Inform = messages.Add, Warn = warnings.Add });
        return (fit, [.. messages], [.. warnings]);
    }
}
