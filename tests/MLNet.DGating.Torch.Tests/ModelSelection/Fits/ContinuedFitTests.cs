using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class ContinuedFitTests
{
    private static readonly TrainingSet s_data = Planted.LinearClasses(1, 400, [1, 1, 1], [0, 1, 2]);
    private static readonly int[] s_first = [.. Enumerable.Range(0, 100)], s_second = [.. Enumerable.Range(100, 300)];

    private static readonly Lazy<FitResult> s_previous = new(() =>
    {
        using FitWorkflow workflow = TestRuns.Workflow(s_data, TestRuns.Small.At(3));
        return AutomaticFit.Run(workflow, s_first, []);
    });

    [Fact]
    public void InABatch_TheFitIsTheSame_UpToRounding()
    {
        FitResult threaded = Continue(TestRuns.OnThreads(1)), batched = Continue(TestRuns.Batched);
        float[] expected = TestRuns.Values(threaded.State), actual = TestRuns.Values(batched.State);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        Assert.NotEqual(TestRuns.Values(s_previous.Value.State), expected);
    }

    [Fact]
    public void TheNumberOfThreads_DoesNotChangeABit() => Assert.Equal(
        TestRuns.Values(Continue(TestRuns.OnThreads(1)).State), TestRuns.Values(Continue(TestRuns.OnThreads(3)).State));

    [Fact]
    public void FewRows_GoHalfOfTheWayOfTheFirstRound_WithAWarning()
    {
        var warnings = new List<string>();
        int[] few = [s_second.First(row => s_data.Targets[row] == 0), s_second.First(row => s_data.Targets[row] == 1)];
        FitResult fit = Continue(TestRuns.OnThreads(1), few, RunContext.Silent with { Warn = warnings.Add });
        Assert.Contains(warnings, text => text.StartsWith("2 rows are too few to hold some out:", StringComparison.Ordinal));
        Assert.NotEqual(TestRuns.Values(s_previous.Value.State), TestRuns.Values(fit.State));
    }

    [Fact]
    public void TheGroups_AndTheEncoding_AreThoseOfThePreviousModel()
    {
        FitResult fit = Continue(TestRuns.OnThreads(1));
        Assert.Equal([0, 1, 2], fit.Groups);
        Assert.Equal(s_previous.Value.Encoding.Offsets, fit.Encoding.Offsets);
        Assert.Equal(s_previous.Value.Encoding.Scales, fit.Encoding.Scales);
        Assert.All(fit.LambdaOut, lambda => Assert.Equal(double.PositiveInfinity, lambda));
    }

    private static FitResult Continue(ExecutionSettings execution, int[]? rows = null, RunContext? context = null)
    {
        TrainingSet data = s_data with { Given = new GivenEncoding(s_previous.Value.Encoding, [0, 1, 2]) };
        using FitWorkflow workflow = TestRuns.Workflow(data, TestRuns.Small, execution, context);
        return new ContinuedFit(workflow, s_previous.Value.State, embeddingWidth: 0).Run(rows ?? s_second, []);
    }
}
