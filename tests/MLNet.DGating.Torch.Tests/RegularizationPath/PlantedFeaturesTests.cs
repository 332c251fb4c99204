using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Randomness;
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
        foreach (int seed in (int[])[1, 2, 3, 4, 5])
        {
            TrainingSet data = Planted.Linear(seed, 300, [.. Enumerable.Repeat(1, 30)], [3, 7, 20, 21]);
            PathResult path = Runs.FollowToCounts(data, Runs.Linear(new SquaredLoss()) with { GateDepth = depth, Seed = seed }, [4]);
            Assert.Equal([3, 7, 20, 21], path.Snapshots.Single().Groups);
        }
    }

    [Fact]
    public void ANetwork_FindsTwoFeaturesThatMatterOnlyAsAProduct_WhateverTheSeed()
    {
        foreach (int seed in (int[])[1, 2, 3, 4])
        {
            TrainingSet data = Planted.Product(seed, 1_000, 10, 2, 7);
            TrainingSettings settings = Runs.Settings(new LogisticLoss()) with
            {
                Hidden = [16], Seed = seed, DenseIterations = 20, LambdaGrowth = 1.05, RefitIterations = 30, Count = 2,
            };
            FitResult fit = Runs.Fit(data, settings);
            Assert.Equal([2, 7], fit.Groups);
            Assert.True(Accuracy(data, fit, settings) > 0.9, "The refitted network does not know what it was taught.");
        }
    }

    [Fact]
    public void AGroupOfColumns_StaysOrGoesAsAWhole()
    {
        int[] sizes = [3, 1, 4, 2, 3, 1, 2, 5];
        foreach (int seed in (int[])[1, 2, 3])
        {
            TrainingSet data = Planted.Linear(seed, 300, sizes, [2, 4]);
            TrainingSettings settings = Runs.Settings(new SquaredLoss()) with { Seed = seed, Skip = seed == 2 };
            PathSnapshot snapshot = Runs.FollowToCounts(data, settings, [2]).Snapshots.Single();
            Assert.Equal([2, 4], snapshot.Groups);
            Assert.Equal((4 + 3) * settings.Shape.GatedWidth, snapshot.State.Primary.Length);
            Assert.DoesNotContain(0, snapshot.State.Primary);
        }
    }

    [Fact]
    public void Softmax_FindsTheFeatureOfEachClass()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            TrainingSet data = Planted.Classes(seed, 300, 20);
            Assert.Equal([0, 1, 2], Runs.FollowToCounts(data, Runs.Settings(new SoftmaxLoss(3)) with { Seed = seed }, [3]).Snapshots.Single().Groups);
        }
    }

    // Of the collapsed function itself: standardize, score, threshold.
    private static double Accuracy(TrainingSet data, FitResult fit, TrainingSettings settings)
    {
        int[] columns = data.Groups.ColumnsOf(fit.Groups);
        var selected = new FeatureRows(data.Features, fit.Scaling).Select(columns);
        using var kernel = new CpuKernel(selected, data, 1, settings.Loss, settings.Activation, new NormalNoise(new RandomStream(1, 0)));
        using var network = new CpuNetwork(fit.Shape, data.Groups.Select(fit.Groups), kernel, data.Rows);
        network.Load(fit.State, StepSettings.Ungated);
        return network.Score(Runs.All(data)).Zip(data.Targets, (score, target) => score > 0 == target > 0 ? 1.0 : 0).Average();
    }
}
