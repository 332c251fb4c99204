using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Tests.RegularizationPath;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Executors;

[Collection(Alone.Name)]
public class IndependentRunsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Results_StandAtTheirNumber(int threads) => Assert.Equal([0, 1, 4, 9, 16], IndependentRuns.Run(5, threads, i => i * i));

    [Fact]
    public void Bits_DoNotDependOnTheNumberOfThreads()
    {
        float[][] one = IndependentRuns.Run(4, 1, Train), two = IndependentRuns.Run(4, 2, Train);
        Assert.Equal(one, two);
        Assert.NotEqual(one[0], one[1]);

        static float[] Train(int i)
        {
            TrainingSet data = Planted.Linear(1, 150, [.. Enumerable.Repeat(1, 8)], [1, 5]);
            return Runs.Values(Runs.FollowToCounts(data, Runs.Settings(new SquaredLoss()) with { Seed = i, InputNoise = 0.5 }, [3]).Snapshots[0].State);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheFirstError_IsRethrownAsItIs(int threads)
    {
        var error = Assert.Throws<InvalidOperationException>(() => IndependentRuns.Run<int>(
            3, threads, i => i == 0 ? 0 : throw new InvalidOperationException($"Run {i}.")));
        Assert.Equal("Run 1.", error.Message);
        Assert.Contains(nameof(TheFirstError_IsRethrownAsItIs), error.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void TheCallersThreads_AndThoseOfLaterThreads_StayAsTheyAre()
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(3);
        IndependentRuns.Run(2, 2, i => torch.ones(10).sum().item<float>());
        int caller = torch.get_num_threads(), fresh = OnAFreshThread();
        torch.set_num_threads(before);
        Assert.Equal((3, 3), (caller, fresh));

        static int OnAFreshThread()
        {
            int count = 0;
            var thread = new Thread(() => count = torch.get_num_threads());
            thread.Start();
            thread.Join();
            return count;
        }
    }
}
