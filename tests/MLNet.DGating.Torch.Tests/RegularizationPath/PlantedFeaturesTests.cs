using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>What was planted is found, among features that are nothing but noise.</summary>
public class PlantedFeaturesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ALinearModel_FindsTheFeaturesOfALinearLabel_WhateverTheSeed(double depth)
    {
        FitSettings settings = TestRuns.Linear.With(training => training with { GateDepth = depth });
        foreach (int seed in (int[])[1, 2, 3, 4, 5])
        {
            TrainingSet data = Planted.Linear(seed, 300, [.. Enumerable.Repeat(1, 30)], [3, 7, 20, 21]);
            PathResult path = TestRuns.FollowToCounts(data, settings with { Seed = seed }, [4]);
            Assert.Equal([3, 7, 20, 21], path.Snapshots.Single().Groups);
        }
    }

    [Fact]
    public void ANetwork_FindsTwoFeaturesThatMatterOnlyAsAProduct_WhateverTheSeed()
    {
        FitSettings settings = TestRuns.Small.At(2).With(training => training with
        {
            HiddenLayers = [16],
            NumberOfDenseIterations = 20,
            LambdaGrowth = 1.05,
            NumberOfRefitIterations = 30,
        });
        foreach (int seed in (int[])[1, 2, 3, 4])
        {
            TrainingSet data = Planted.Product(seed, 1_000, 10, 2, 7);
            FitResult fit = TestRuns.Fit(data, settings with { Seed = seed });
            Assert.Equal([2, 7], fit.Groups);
            double accuracy = TestRuns.Evaluate(data, settings, fit, TestRuns.All(data), TestRuns.All(data)).HeldOutMetric;
            Assert.True(accuracy > 0.9, $"The refitted network does not know what it was taught: accuracy {accuracy}.");
        }
    }

    [Fact]
    public void AGroupOfColumns_StaysOrGoesAsAWhole()
    {
        int[] sizes = [3, 1, 4, 2, 3, 1, 2, 5];
        foreach (int seed in (int[])[1, 2, 3])
        {
            TrainingSet data = Planted.Linear(seed, 300, sizes, [2, 4]);
            FitSettings settings = TestRuns.Small.With(training => training with { AdditivePart = seed == 2 }) with { Seed = seed };
            PathSnapshot snapshot = TestRuns.FollowToCounts(data, settings, [2]).Snapshots.Single();
            Assert.Equal([2, 4], snapshot.Groups);
            Assert.Equal((4 + 3) * settings.Training.ShapeFor(data.Task).GatedWidth, snapshot.State.Primary.Length);
            Assert.DoesNotContain(0, snapshot.State.Primary);
        }
    }

    [Fact]
    public void Softmax_FindsTheFeatureOfEachClass()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            PathResult path = TestRuns.FollowToCounts(Planted.Classes(seed, 300, 20), TestRuns.Small with { Seed = seed }, [3]);
            Assert.Equal([0, 1, 2], path.Snapshots.Single().Groups);
        }
    }
}
