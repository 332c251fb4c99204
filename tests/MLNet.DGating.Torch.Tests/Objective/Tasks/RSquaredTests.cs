using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Tests.Objective.Tasks;

public class RSquaredTests
{
    [Fact]
    public void OfAReconstruction_ItIsTheShareOfTheVarianceRebuilt()
    {
        Metric metric = LearningTask.Reconstruction(2).Metric;
        float unit = 1 / MathF.Sqrt(2);
        float[] targets = [-1, 3, 1, 5], perfect = [.. targets.Select(target => target * unit)], means = [0, 4 * unit, 0, 4 * unit];
        Assert.Equal(1, metric.Of(perfect, targets, []), 1e-6);
        Assert.Equal(0, metric.Of(means, targets, []), 1e-6);
        // The first slot alone: half of a variance that is the same for both.
        Assert.Equal(0.5, metric.Of([perfect[0], means[1], perfect[2], means[3]], targets, [1, 1]), 1e-6);
    }

    [Fact]
    public void WithoutRows_ThereIsNone() => Assert.Equal(double.NaN, LearningTask.Regression.Metric.Of([], [], []));
}
