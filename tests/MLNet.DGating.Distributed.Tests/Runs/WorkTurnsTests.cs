using MLNet.DGating.Distributed.Runs;
using MLNet.DGating.Distributed.Tests.Support;

namespace MLNet.DGating.Distributed.Tests.Runs;

public class WorkTurnsTests
{
    [Fact]
    public void Turns_AreNumbered_OneAfterAnother()
    {
        var turns = new WorkTurns();
        Assert.Equal(1, turns.Begin());
        Assert.StartsWith("A cluster serves one fit at a time", RankThreads.MessageOf(() => turns.Begin()), StringComparison.Ordinal);
        turns.End();
        Assert.Equal(2, turns.Begin());
    }
}
