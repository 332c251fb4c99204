using MLNet.DGating.Torch.ModelSelection.Candidates;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Candidates;

public class CountRefinementTests
{
    private static readonly int[] s_grid = [50, 24, 17, 13, 10, 9];

    [Theory]
    [InlineData(13, 12, 12)]
    [InlineData(13, 10, 11)]
    [InlineData(17, 16, 16)]
    [InlineData(17, 14, 14)]
    [InlineData(24, 20, 20)]
    [InlineData(24, 18, 18)]
    [InlineData(24, 24, 24)]
    public void TheSmallestCountThatDoesAsWell_IsFound(int chosen, int needed, int expected) =>
        Assert.Equal(expected, Refine(chosen, needed).Chosen.Count);

    [Fact]
    public void AWideGap_IsHalvedThreeTimes()
    {
        (IReadOnlyList<EvaluatedCandidate> evaluated, EvaluatedCandidate chosen) = Refine(50, 40);
        Assert.Equal([37, 43, 40], evaluated.Select(candidate => candidate.Count));
        Assert.Equal(40, chosen.Count);
    }

    [Fact]
    public void NeighboursOfTheGrid_AndTheConstant_LeaveNothingToLookAt()
    {
        Assert.Empty(Refine(10, 9).Evaluated);
        Assert.Empty(Refine(0, 0).Evaluated);
        Assert.Empty(Refine(9, 2).Evaluated);
    }

    [Fact]
    public void ASmallerCount_IsTakenOnlyIfItsMeanLossIsNotAbove_HoweverLargeTheStandardError()
    {
        EvaluatedCandidate At(int count) => new(count, [0, 1 + (13 - count) * 1e-6, 0, 1]);
        Assert.Equal(13, Refinement().Run(At(13), (_, count) => At(count)).Chosen.Count);
    }

    [Fact]
    public void AllCountsThatAreLookedAt_AreReachable_AndBelongToTheLargerCandidate() =>
        Gen.Select(Gen.Int[2, 400], Gen.Int[0, 400], Gen.Int[0, 30]).Sample((groups, needed, place) =>
        {
            int[] grid = CountGrid.Of(groups);
            EvaluatedCandidate chosen = With(grid[place % grid.Length], needed);
            var largerCounts = new List<(int Larger, int Count)>();
            (IReadOnlyList<EvaluatedCandidate> evaluated, EvaluatedCandidate refined) =
                new CountRefinement(Selector(), grid).Run(chosen, (larger, count) =>
                {
                    largerCounts.Add((larger.Count, count));
                    return With(count, needed);
                });
            Assert.Subset(CountRefinement.Reachable(grid).ToHashSet(), evaluated.Select(candidate => candidate.Count).ToHashSet());
            Assert.All(largerCounts, each => Assert.InRange(each.Count, 1, each.Larger - 1));
            Assert.InRange(evaluated.Count, 0, 3);
            Assert.InRange(refined.Count, Math.Min(needed, chosen.Count), chosen.Count);
        });

    // Every group that is needed and missing costs the same in all rows.
    private static EvaluatedCandidate With(int count, int needed) => new(count, [.. Enumerable.Repeat(Math.Max(0.0, needed - count), 4)]);

    private static (IReadOnlyList<EvaluatedCandidate> Evaluated, EvaluatedCandidate Chosen) Refine(int chosen, int needed) =>
        Refinement().Run(With(chosen, needed), (_, count) => With(count, needed));

    private static CountRefinement Refinement() => new(Selector(), s_grid);

    private static OneStandardErrorSelector Selector() => new(new PlainLoss(), []);
}
