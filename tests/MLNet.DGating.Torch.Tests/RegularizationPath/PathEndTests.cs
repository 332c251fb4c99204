using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.RegularizationPath;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

public class PathEndTests
{
    private static readonly TrainingSet s_data = Planted.Linear(1, 200, [1, 2, 1, 1, 3, 1, 1, 1], [1, 5]);

    private static readonly PathResult s_whole =
        TestRuns.FollowToCounts(s_data, TestRuns.Small, [.. Enumerable.Range(0, 9).Reverse()]);

    [Fact]
    public void APathCutAtACount_IsThePathThatEndsThere() => Gen.Int[0, 8].Sample(count =>
    {
        PathResult cut = s_whole.EndingAt(count), ended = TestRuns.FollowToCounts(s_data, TestRuns.Small, [count]);
        Assert.Equal(ended.Points, cut.Points);
        Assert.Equal(ended.LambdaOut, cut.LambdaOut);
        Assert.Equal(ended.Snapshots[^1].Groups, cut.Snapshots[^1].Groups);
        Assert.Equal(TestRuns.Values(ended.Snapshots[^1].State), TestRuns.Values(cut.Snapshots[^1].State));
    }, iter: 9);
}
