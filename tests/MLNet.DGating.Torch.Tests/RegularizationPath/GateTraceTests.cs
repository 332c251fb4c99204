using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;
using Xunit.Abstractions;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

public class GateTraceTests(ITestOutputHelper output)
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1, 1, 1], [1, 5]);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void FromDenseToSparse_TheSurvivorsBalance(double depth)
    {
        // docs/theory.md §3: γ² and ‖ω‖² approach each other at a rate that grows with λ.
        FitSettings settings = TestRuns.Linear.With(training => training with { GateDepth = depth }) with { RecordGateDynamics = true };
        PathResult path = TestRuns.FollowToCounts(s_data, settings, [2]);
        GateTrace trace = path.Gates!;
        int lastDense = trace.Iterations.FindLastIndex(iteration => iteration.Phase == DGatingPhase.Dense);
        int[] survivors = path.Snapshots.Single().Groups;
        foreach (int group in survivors)
        {
            double dense = Imbalance(trace, lastDense, group), sparse = Imbalance(trace, trace.Iterations.Count - 1, group);
            output.WriteLine($"group {group}: |ln γ²/‖ω‖²| {dense:g3} dense, {sparse:g3} sparse");
            Assert.True(sparse < 0.5 * dense, $"Group {group}: imbalance {dense:g3} became {sparse:g3}.");
        }
    }

    [Fact]
    public void EveryIterationIsThere_AndAGroupIsZeroFromWhenItLeft()
    {
        var seen = new List<DGatingProgress>();
        FitSettings settings = TestRuns.Small with { RecordGateDynamics = true };
        PathResult path = TestRuns.FollowToCounts(s_data, settings, [0], RunContext.Silent with { Progress = seen.Add });
        GateTrace trace = path.Gates!;
        Assert.Equal(seen.Select(progress => new GateIteration(progress.Phase, progress.Iteration, progress.Lambda)), trace.Iterations);
        for (int i = 0; i < seen.Count; i++)
        {
            Assert.Equal(seen[i].FeatureCount, trace.Gates[i].Count(gate => gate > 0));
            for (int group = 0; group < 10; group++)
            {
                bool isIn = seen[i].Phase == DGatingPhase.Dense || seen[i].Lambda < path.LambdaOut[group];
                Assert.Equal((isIn, isIn), (trace.Gates[i][group] > 0, trace.PrimaryNorms[i][group] > 0));
            }
        }
    }

    [Fact]
    public void Recording_ChangesNothing_AndIsOffByItself()
    {
        PathResult plain = TestRuns.FollowToCounts(s_data, TestRuns.Small, [3]);
        PathResult recorded = TestRuns.FollowToCounts(s_data, TestRuns.Small with { RecordGateDynamics = true }, [3]);
        Assert.Null(plain.Gates);
        Assert.Equal(plain.LambdaOut, recorded.LambdaOut);
        Assert.Equal(TestRuns.Values(plain.Snapshots.Single().State), TestRuns.Values(recorded.Snapshots.Single().State));
    }

    private static double Imbalance(GateTrace trace, int iteration, int group) =>
        Math.Abs(2 * Math.Log(trace.Gates[iteration][group] / trace.PrimaryNorms[iteration][group]));
}
