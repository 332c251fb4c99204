using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Executors;

/// <summary>What comes out of described runs does not depend on who carries them out.</summary>
[Collection(Alone.Name)]
public class RunExecutorTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 150, [.. Enumerable.Repeat(1, 8)], [1, 5]);

    [Fact]
    public void Bits_DoNotDependOnTheNumberOfThreads_AndResultsStandInTheOrderOfTheRuns()
    {
        float[][] one = Execute(threads: 1, 0, 1, 2, 3), two = Execute(threads: 2, 0, 1, 2, 3);
        float[][] alone = [.. Enumerable.Range(0, 4).SelectMany(seed => Execute(threads: 1, seed))];
        Assert.Equal(one, two);
        Assert.Equal(one, alone);
        Assert.NotEqual(one[0], one[1]);
    }

    [Fact]
    public void WorkRunInParallel_HasExecutorsOfItsOwn_AndGivesWhatItGivesAlone()
    {
        ExecutionSettings batched = TestRuns.Batched with { Precision = TorchSharp.torch.ScalarType.Float64 };
        foreach (ExecutionSettings execution in (ExecutionSettings[])[TestRuns.OnThreads(2), batched])
        {
            using IRunExecutor executor = RunExecutor.Create(s_data, execution, RunContext.Silent);
            float[][] together = executor.RunInParallel(3, RunContext.Silent, (seed, own) => Values(own.Execute([Describe(seed)]))[0]);
            for (int seed = 0; seed < together.Length; seed++)
            {
                Near.Rounding(Values(executor.Execute([Describe(seed)]))[0], together[seed], 1e-6);
            }
        }
    }

    [Fact]
    public void WithoutNetworks_AResultHasWhatWasFoundOutAndNoParameters()
    {
        RunResult whole = TestRuns.Carry(s_data, Describe(1));
        RunResult small = TestRuns.Carry(s_data, Describe(1) with { Networks = KeptNetworks.None });
        Assert.Equal(whole.Path!.Ranking, small.Path!.Ranking);
        Assert.Equal(whole.Refits.Select(refit => refit.Result.TrainingLoss), small.Refits.Select(refit => refit.Result.TrainingLoss));
        Assert.Equal(whole.Refits.Select(refit => refit.Snapshot.Groups), small.Refits.Select(refit => refit.Snapshot.Groups));
        Assert.All(small.Refits, refit => Assert.Empty(TestRuns.Values(refit.Snapshot.State).Concat(TestRuns.Values(refit.Result.State))));
        Assert.Empty(small.Path.Snapshots);
    }

    [Fact]
    public void WithSnapshotsAlone_AResultHasTheNetworksThatRefitsStartFrom()
    {
        RunResult whole = TestRuns.Carry(s_data, Describe(1));
        RunResult snapshots = TestRuns.Carry(s_data, Describe(1) with { Networks = KeptNetworks.Snapshots });
        Assert.NotEmpty(snapshots.Refits);
        Assert.Equal(
            whole.Refits.SelectMany(refit => TestRuns.Values(refit.Snapshot.State)),
            snapshots.Refits.SelectMany(refit => TestRuns.Values(refit.Snapshot.State)));
        Assert.All(snapshots.Refits, refit => Assert.Empty(TestRuns.Values(refit.Result.State)));
    }

    [Fact]
    public void WithoutRefits_APathEndsAtItsSnapshots_OnBothBackends()
    {
        RunDescription run = TestRuns.Small.Path(TestRuns.All(s_data), [], noise: 0, new StopRule.AtCounts([4, 2])) with { Refits = false };
        using IRunExecutor batched = RunExecutor.Create(s_data, TestRuns.Batched, RunContext.Silent);
        RunResult ofBatch = batched.Execute([run])[0], ofCpu = TestRuns.Carry(s_data, run);
        Assert.Empty(ofBatch.Refits);
        Assert.Empty(ofCpu.Refits);
        Assert.Equal(
            ofCpu.Path!.Snapshots.Select(snapshot => snapshot.Groups), ofBatch.Path!.Snapshots.Select(snapshot => snapshot.Groups));
    }

    private static float[][] Execute(int threads, params int[] seeds)
    {
        using IRunExecutor executor = RunExecutor.Create(s_data, TestRuns.OnThreads(threads), RunContext.Silent);
        return Values(executor.Execute(Array.ConvertAll(seeds, Describe)));
    }

    private static RunDescription Describe(int seed) =>
        (TestRuns.Small with { Seed = seed }).Path(TestRuns.All(s_data), [], noise: 0.5, StopRule.AtCount(3));

    private static float[][] Values(RunResult[] results) => Array.ConvertAll(results, result =>
        (float[])[.. TestRuns.Values(result.Path!.Snapshots[0].State), .. TestRuns.Values(result.Refits[0].Result.State)]);
}
