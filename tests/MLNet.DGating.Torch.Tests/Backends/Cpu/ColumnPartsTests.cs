using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Tasks;

namespace MLNet.DGating.Torch.Tests.Backends.Cpu;

/// <summary>A wide layer is split into parts of its columns.</summary>
public class ColumnPartsTests
{
    private const double Depth = 3;

    private static readonly StepSettings s_noisy = new(0.05f, 0.9f, 0.01f, 0.02, Depth, 0.5f);

    [Theory]
    [InlineData(ColumnParts.LeastColumns, Depth)]
    [InlineData(ColumnParts.LeastColumns, StepSettings.Ungated)]
    [InlineData(5000, Depth)]
    public void AStep_IsThatOfTheWholeLayer(int inputs, double depth)
    {
        Problem problem = Wide(inputs);
        StepSettings step = new(0.05f, 0.9f, 0.01f, 0.02, depth, 0);
        using var parts = Engine.OnCpu(problem, problem.Data.Rows);
        using var whole = Engine.Double(problem);
        foreach (Engine engine in (Engine[])[parts, whole])
        {
            engine.Network.Load(problem.State(1), depth);
            engine.Steps(3, problem.Rows, step);
        }

        Assert.Equal(whole.Parameters.Length, parts.Parameters.Length);
        Assert.All(whole.Parameters.Zip(parts.Parameters), pair => Assert.Equal(pair.First, pair.Second, 2e-5));
        Assert.Equal(whole.TakeLoss(), parts.TakeLoss(), 1e-5);
        Assert.All(
            whole.Network.Score(problem.Rows).Zip(parts.Network.Score(problem.Rows)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Steps_HaveTheSameBits_OnAnyNumberOfThreads_AlsoWhenColumnsHaveLeft(int threads)
    {
        Problem problem = Wide(5000);
        float[] Train(int number)
        {
            using var engine = Engine.OnCpu(problem, 8, threads: number);
            engine.Network.Load(problem.State(1), Depth);
            engine.Steps(3, problem.Rows[..8], s_noisy);
            engine.Network.KeepGroups([.. Enumerable.Range(0, engine.Network.Groups.Count).Where(group => group % 2 == 0)], Depth);
            engine.Steps(3, problem.Rows[4..10], s_noisy);
            return [.. TestRuns.Values(engine.Network.Capture()), .. engine.Network.Score(problem.Rows)];
        }

        Assert.Equal(Train(1), Train(threads));
    }

    [Fact]
    public void LargeGroups_AreNotSplit()
    {
        var problem = Problem.Create(new Random(2), 6, [3000, 1, 1, 2500], [4], LearningTask.Regression);
        using var parts = Engine.OnCpu(problem, 6, threads: 2);
        using var whole = Engine.Double(problem);
        foreach (Engine engine in (Engine[])[parts, whole])
        {
            engine.Network.Load(problem.State(1), Depth);
            engine.Step(problem.Rows, new StepSettings(0.05f, 0.9f, 0.01f, 0.02, Depth, 0));
        }

        Assert.All(whole.Gates.Zip(parts.Gates), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static Problem Wide(int inputs) => Problem.Create(
        new Random(1), 12, [.. Enumerable.Range(0, inputs / 2).Select(group => 1 + 2 * (group % 2))], [5], LearningTask.Multiclass(3));
}
