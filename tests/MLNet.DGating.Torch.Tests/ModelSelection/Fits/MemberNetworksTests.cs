using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

/// <summary>Fits whose model is the mean of several networks (docs/theory.md §24).</summary>
public class MemberNetworksTests
{
    private static readonly FitSettings s_embedded = TestRuns.Small
        .With(training => training with { HiddenLayers = null, BatchSize = null, LambdaGrowth = 2, NumberOfDenseIterations = 10 })
        with { NumericEncoding = DGatingNumericEncoding.Auto };

    [Fact]
    public void TheSelectionAndThePath_AreThoseOfOneNetwork()
    {
        TrainingSet data = Planted.Classes(1, 300, 6);
        FitResult one = TestRuns.Fit(data, TestRuns.Small.At(2)), three = TestRuns.Fit(data, WithMembers(TestRuns.Small.At(2), 3));
        Assert.Equal(one.Groups, three.Groups);
        Assert.Equal(one.LambdaOut, three.LambdaOut);
        Assert.Equal(one.Points, three.Points);
        Assert.Equal([8], one.Shape.Hidden);
        Assert.Equal([24], three.Shape.Hidden);
        // The first member is the network of the fit.
        int width = one.Shape.GatedWidth;
        Assert.Equal(one.State.GatedBias[..8], three.State.GatedBias[..8]);
        Assert.Equal(one.State.Primary[..8], three.State.Primary[..8]);
        Assert.NotEqual(three.State.Primary[..8], three.State.Primary[8..16]);
        Assert.Equal(8, width);
    }

    [Fact]
    public void NetworksOfEmbeddings_StandSideBySide_GroupByGroup()
    {
        TrainingSet data = Planted.Steps(1, 1200, 5, 1, 3);
        FitSettings embedded = s_embedded.At(2) with { NumericEncoding = DGatingNumericEncoding.Embedding };
        FitResult fit = TestRuns.Fit(data, WithMembers(embedded, 2));
        var settings = new EmbeddingSettings();
        Assert.Equal([1, 3], fit.Groups);
        Assert.Equal(2 * settings.Width, fit.EmbeddingWidth);
        Assert.Equal([2 * 2 * settings.Width, .. settings.HiddenLayers.Select(neurons => 2 * neurons)], fit.Shape.Hidden);
        // No weight leads from one network to the other.
        int neurons = settings.HiddenLayers[1], inputs = fit.State.Dense[1].Inputs / 2;
        float[] between = fit.State.Dense[1].Weights[..(inputs * 2 * neurons)];
        Assert.All(between.Chunk(2 * neurons), row => Assert.All(row[neurons..], weight => Assert.Equal(0, weight)));
        Assert.Contains(between, weight => weight != 0);
    }

    [Fact]
    public void RowsThatAreSetAside_EvaluateTheMean()
    {
        TrainingSet data = Planted.Steps(2, 1500, 5, 1, 3);
        var messages = new List<string>();
        int[] all = TestRuns.All(data);
        FitSettings settings = WithMembers(s_embedded.At(2) with { NumericEncoding = DGatingNumericEncoding.None }, 4);
        using FitWorkflow workflow = TestRuns.Workflow(data, settings, context: RunContext.Silent with { Inform = messages.Add });
        FitResult fit = AutomaticFit.Run(workflow, all[..1000], all[1000..]);
        using FitWorkflow alone = TestRuns.Workflow(data, settings with { EnsembleSize = 1 });
        Assert.InRange(fit.HeldOutMetric, AutomaticFit.Run(alone, all[..1000], all[1000..]).HeldOutMetric, 1);
        Assert.Single(messages, message => message.StartsWith("4 networks of the same features: ", StringComparison.Ordinal));
    }

    [Fact]
    public void TheSameSeed_GivesTheSameBits_OnAnyNumberOfThreads()
    {
        TrainingSet data = Planted.Classes(3, 200, 5);
        FitSettings settings = WithMembers(TestRuns.Small.At(2), 3);
        FitResult fit = TestRuns.Fit(data, settings), other = TestRuns.Fit(data, settings, TestRuns.OnThreads(2));
        Assert.Equal(TestRuns.Values(fit.State), TestRuns.Values(other.State));
    }

    [Fact]
    public void WithoutFeatures_TheModelIsAConstant()
    {
        FitResult fit = TestRuns.Fit(Planted.LinearClasses(4, 400, [1, 1, 1], []), WithMembers(TestRuns.Small, 3));
        Assert.Empty(fit.Groups);
        Assert.Empty(fit.Shape.Hidden);
    }

    private static FitSettings WithMembers(FitSettings settings, int members) => settings with { EnsembleSize = members };
}
