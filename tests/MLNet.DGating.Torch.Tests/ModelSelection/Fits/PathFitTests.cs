using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public sealed class PathFitTests
{
    private static readonly FitSettings s_settings = TestRuns.Small.At(30)
        .With(training => training with { LambdaGrowth = 1.3, NumberOfRefitIterations = 60 }) with { InputNoise = 0 };

    [Theory]
    [InlineData(300, 5, 0.9)]
    [InlineData(1500, 1, 1)]
    public void AGivenCountOfFewRowsOfClasses_IsEvaluated_SoThatItsModelIsNotTooSure(int rows, int folds, double largestFactor)
    {
        FollowedPath path = Follow(Planted.NoisyClasses(rows), out FitResult model);
        Assert.Equal((30, 30, folds), (path.BestCount, path.SparsestCount, path.Evaluation.Folds));
        Assert.Equal(folds > 1 ? rows : rows / 5, path.Evaluation.HeldOutRows);
        Assert.InRange(model.Calibration, 0.01, largestFactor);
    }

    [Fact]
    public void AGivenCountOfFewRowsOfNumbers_IsNotEvaluated()
    {
        FollowedPath path = Follow(Planted.Linear(3, 300, [.. Enumerable.Repeat(1, 30)], [2, 4]), out FitResult model);
        Assert.Empty(path.Evaluation.Counts);
        Assert.Equal(1, model.Calibration);
    }

    private static FollowedPath Follow(TrainingSet data, out FitResult model)
    {
        using FitWorkflow workflow = TestRuns.Workflow(data, s_settings);
        FollowedPath path = new PathFit(workflow, TestRuns.All(data), []).Run();
        model = path.At(workflow, [30])[0];
        return path;
    }
}
