using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Runs;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Runs;

public class RowSplitsTests
{
    private const int Rows = 6000, RowsOfBlock = 8;

    private static readonly int[] s_rows = [.. Enumerable.Range(0, Rows)];

    private static readonly TrainingSet s_data =
        Planted.Linear(1, Rows, [1, 1], [0]) with { Blocks = [.. s_rows.Select(row => row * 7 % Rows / RowsOfBlock)] };

    [Fact]
    public void EveryKindOfSplit_KeepsBlocksTogether()
    {
        AssertApart([s_data.HoldOut(s_rows, 1).Training, s_data.HoldOut(s_rows, 1).HeldOut]);
        AssertApart([s_data.HoldOutOfMany(s_rows, 1).Training, s_data.HoldOutOfMany(s_rows, 1).HeldOut]);
        AssertApart(s_data.Fold(s_rows, 5, 1));
        AssertApart([.. s_data.Halve(s_rows, 0, 1).Select(half => half.Half)]);
    }

    [Fact]
    public void CopiedRows_KeepTheirBlocks() =>
        Assert.Equal([s_data.Blocks![5], s_data.Blocks[3]], s_data.Take([5, 3]).Blocks!);

    private static void AssertApart(int[][] parts)
    {
        Assert.All(parts, Assert.NotEmpty);
        Assert.Equal(s_rows, parts.SelectMany(part => part).Order());
        int[][] blocks = [.. parts.Select(part => part.Select(row => s_data.Blocks![row]).Distinct().ToArray())];
        Assert.Equal(Rows / RowsOfBlock, blocks.Sum(part => part.Length));
    }
}
