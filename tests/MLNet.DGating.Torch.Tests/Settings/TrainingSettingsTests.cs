using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Settings;

public class TrainingSettingsTests
{
    [Fact]
    public void WithoutAPath_OnlyManyRowsOfIntervals_AreTrainedOnForLonger()
    {
        var intervals = new TrainingSettings { IsPiecewise = true };
        Assert.Equal(DGatingDefaults.PiecewiseDenseIterations, intervals.DenseIterationsWithoutPath(DGatingDefaults.ManyRows));
        Assert.Equal(DGatingDefaults.NumberOfDenseIterations, intervals.DenseIterationsWithoutPath(DGatingDefaults.ManyRows - 1));
        Assert.Equal(DGatingDefaults.NumberOfDenseIterations, new TrainingSettings().DenseIterationsWithoutPath(1 << 20));
    }
}
