using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Tests.Views;

public sealed class RowFiltersTests
{
    [Fact]
    public void Split_PutsEveryRowIntoOnePart_WhichIsAsLargeAsAskedFor()
    {
        RowFilter heldOut = RowFilters.Split(0.3, seed: 1, heldOut: true), others = RowFilters.Split(0.3, seed: 1, heldOut: false);
        bool[] isHeldOut = [.. Enumerable.Range(0, 10_000).Select(row => heldOut(row, null!))];
        Assert.Equal(isHeldOut.Select(held => !held), Enumerable.Range(0, 10_000).Select(row => others(row, null!)));
        Assert.InRange(isHeldOut.Count(held => held), 2_800, 3_200);
    }

    [Fact]
    public void Split_OfAnotherSeed_IsAnother()
    {
        RowFilter first = RowFilters.Split(0.5, seed: 1, heldOut: true), second = RowFilters.Split(0.5, seed: 2, heldOut: true);
        Assert.InRange(Enumerable.Range(0, 10_000).Count(row => first(row, null!) == second(row, null!)), 4_700, 5_300);
    }
}
