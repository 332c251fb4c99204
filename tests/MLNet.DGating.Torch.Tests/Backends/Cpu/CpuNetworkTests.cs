using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>The parameters before an iteration, to which training goes back.</summary>
public class CpuNetworkTests
{
    private const double Depth = 3;

    private static readonly StepSettings s_step = new(0.05f, 0.9f, 0.01f, 0.02, Depth, 0);

    [Fact]
    public void Revert_GoesBackToTheParametersBeforeTheIteration_AlsoAfterGroupsHaveLeft()
    {
        var problem = Problem.Create(new Random(1), 20, [1, 2, 1, 3], [5], LearningTask.Multiclass(3));
        using var engine = Engine.OnCpu(problem, 4);
        engine.Network.Load(problem.State(1), Depth);
        Train(engine, problem);
        AssertGoesBack(engine, problem);
        engine.Network.KeepGroups([0, 3], Depth);
        AssertGoesBack(engine, problem);
    }

    [Fact]
    public void Iterations_DoNotMakeTheWeightsOfWideRowsAnew()
    {
        const int inputs = 4000, width = 64, iterations = 20;
        var problem = Problem.Create(new Random(1), 8, [.. Enumerable.Repeat(1, inputs)], [width], LearningTask.Regression);
        using var engine = Engine.OnCpu(problem, 4);
        engine.Network.Load(problem.State(1), Depth);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < iterations; i++)
        {
            Train(engine, problem);
        }

        // Twenty copies, of a megabyte each, would wait for the garbage collector.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * inputs * width * sizeof(float));
    }

    private static void AssertGoesBack(Engine engine, Problem problem)
    {
        float[] before = TestRuns.Values(engine.Network.Capture());
        Train(engine, problem);
        Assert.NotEqual(before, TestRuns.Values(engine.Network.Capture()));
        Assert.Equal(before, TestRuns.Values(engine.Network.CaptureBefore()));
        engine.Network.Revert(Depth);
        Assert.Equal(before, TestRuns.Values(engine.Network.Capture()));
    }

    private static void Train(Engine engine, Problem problem) =>
        engine.Network.Train(new Iteration(problem.Rows[..8], s_step, [0.05f, 0.05f]));
}
