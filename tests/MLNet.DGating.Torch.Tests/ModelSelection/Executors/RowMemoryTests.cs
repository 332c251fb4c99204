using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Executors;

/// <summary>Nothing is left behind: no tensor, and no memory.</summary>
[Collection(Alone.Name)]
public class RowMemoryTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5], weighted: true);

    [Fact]
    public void APathAndARefit_LeaveNoTensor()
    {
        FitSettings settings = TestRuns.Small.With(training => training with { HiddenLayers = [8, 4], AdditivePart = true });
        LeavesNothing(() =>
        {
            PathSnapshot snapshot = TestRuns.FollowToCounts(s_data, settings, [6, 2], heldOut: [1, 2, 3]).Snapshots[1];
            TestRuns.Refit(s_data, settings, snapshot, heldOut: [1, 2]);
        });
    }

    [Fact]
    public void APathThatThrows_LeavesNoTensor() => LeavesNothing(() => Assert.Throws<DivergenceException>(() =>
        TestRuns.FollowToCounts(s_data, TestRuns.Small.With(training => training with { LearningRate = 1e6 }), [2])));

    [Fact]
    public void ANetworkInABatch_LeavesNoTensor() => Problem.Any.Sample(problem => LeavesNothing(() =>
    {
        using var engine = Engine.Batched(problem, torch.ScalarType.Float32, problem.Data.Rows);
        engine.Network.Load(problem.State(1), 3);
        var step = new StepSettings(0.01f, 0.9f, 0, 0.01, 3, 0.1f);
        for (int i = 0; i < 3; i++)
        {
            engine.Step(problem.Rows, step);
        }

        engine.Network.Measure(step);
        engine.TakeLoss();
        engine.Network.Capture();
        engine.Network.Score(problem.Rows);
        engine.Network.Cut([0], 3);
        if (problem.Groups.Count > 1)
        {
            engine.Network.KeepGroups([.. Enumerable.Range(1, problem.Groups.Count - 1)], 3);
            engine.Step(problem.Rows, step);
        }
    }), iter: 50);

    [Fact]
    public void TwentyFits_DoNotGrowTheProcess()
    {
        // The values and slopes of one batch alone are 4 MB, twice that with a refit: 160 MB if twenty fits left them behind.
        TrainingSet data = Planted.Linear(1, 2_000, [.. Enumerable.Repeat(1, 60)], [1, 5]);
        FitSettings settings = TestRuns.Small.At(3).With(training => training with
        {
            HiddenLayers = [128],
            AdditivePart = true,
            BatchSize = 2_000,
            LambdaGrowth = 1.6,
            NumberOfDenseIterations = 1,
            NumberOfRefitIterations = 1,
        });
        Fits(15);
        long before = Resident();
        Fits(20);
        long grown = Resident() - before;
        Assert.True(grown < 100_000_000, $"Grown by {grown / 1e6:f0} MB.");

        void Fits(int count)
        {
            for (int i = 0; i < count; i++)
            {
                TestRuns.Fit(data, settings with { Seed = i });
            }
        }
    }

    [Fact]
    public void RowsInHalfPrecision_TakeHalfTheMemory()
    {
        const int rows = 16 * 1024, columns = 512;
        var half = new HalfMatrix(columns);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int row = 0; row < rows; row++)
        {
            half.Add([.. Enumerable.Range(0, columns).Select(column => (float)(row * column % 97))]);
        }

        double bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(half);
        // Beside the values, means and deviations of every 128 rows; and 4 MB for rows that are still as they came.
        Assert.InRange(bytes / ((double)rows * columns * sizeof(float)), 0.49, 0.54 + 4.0 / 32);
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }

    private static void LeavesNothing(Action run)
    {
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        run();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
