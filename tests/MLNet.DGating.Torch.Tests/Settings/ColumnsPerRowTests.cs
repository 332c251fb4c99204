using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.Settings;

public class ColumnsPerRowTests
{
    [Theory]
    [InlineData(0, 1e-3)]
    [InlineData(77.0 / 864, 1e-3)]
    [InlineData(617.0 / 1248, 1e-3)]
    [InlineData(1, 1e-3)]
    [InlineData(4, 16e-3)]
    [InlineData(9, 81e-3)]
    [InlineData(40, 0.1)]
    [InlineData(1e9, 0.1)]
    public void L2Regularization_GrowsFromAsManyColumnsAsRowsToItsLargestValue(double ratio, double expected) =>
        Assert.Equal(expected, new ColumnsPerRow(ratio).L2Regularization, 1e-12);

    [Fact]
    public void L2Regularization_NeverFalls() => Gen.Select(Gen.Double[0, 50], Gen.Double[0, 50]).Sample((one, other) =>
        Assert.True(new ColumnsPerRow(one).L2Regularization <= new ColumnsPerRow(one + other).L2Regularization));

    [Theory]
    [InlineData(0, null)]
    [InlineData(9.9, null)]
    [InlineData(10, 1.0)]
    [InlineData(1e9, 1.0)]
    public void InputNoise_IsFixedFromTenColumnsForEachRow(double ratio, double? expected) =>
        Assert.Equal(expected, new ColumnsPerRow(ratio).InputNoise);

    [Fact]
    public void Completed_LeavesWhatIsGiven()
    {
        var wide = new ColumnsPerRow(40);
        FitSettings open = new FitSettings().Completed(wide);
        Assert.Equal((0.1, 1), (open.Training.L2, open.InputNoise));
        FitSettings given = new FitSettings { Training = new TrainingSettings { L2Regularization = 0 }, InputNoise = 0 }.Completed(wide);
        Assert.Equal((0, 0), (given.Training.L2, given.InputNoise));
    }
}
