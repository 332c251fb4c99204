using MLNet.DGating.Distributed.Runs;

namespace MLNet.DGating.Distributed.Tests.Runs;

public class OutcomeTests
{
    [Fact]
    public void AnOutcome_IsReadAsItWasWritten() =>
        Gen.Select(Gen.Int, Gen.Int[0, 2], Gen.Byte.Array[0, 50]).Sample((piece, kind, content) =>
        {
            var outcome = new Outcome(piece, (OutcomeKind)kind, content);
            var copy = Outcome.Read(outcome.Write());
            Assert.Equal((piece, (OutcomeKind)kind), (copy.Piece, copy.Kind));
            Assert.Equal(content, copy.Content);
        });
}
