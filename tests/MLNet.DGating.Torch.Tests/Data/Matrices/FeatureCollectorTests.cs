using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

public class FeatureCollectorTests
{
    private static readonly int[] s_reversed = [.. Enumerable.Range(0, 300).Reverse()];

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(0.2, false)]
    public void Rows_AreKeptSparse_IfFewValuesAreNotZero_HoweverTheyCome(double density, bool isSparse)
    {
        DesignMatrix matrix = SparseData.NormalMatrix(new Random(1), 200, 300, density);
        foreach (bool comesSparse in (bool[])[false, true])
        {
            FeatureMatrix collected = Collect(matrix, 200, mayBeSparse: true, _ => comesSparse);
            Assert.Equal(isSparse, collected is SparseMatrix);
            Same(matrix, collected);
        }
    }

    [Fact]
    public void Rows_StayDense_WhereTheyMustNotBeSparse_OrAreFewColumns()
    {
        DesignMatrix narrow = SparseData.NormalMatrix(new Random(1), 50, 20, 0.01);
        Assert.IsType<DesignMatrix>(Collect(narrow, 50, mayBeSparse: true, _ => true));
        DesignMatrix wide = SparseData.NormalMatrix(new Random(1), 50, 300, 0.01);
        FeatureMatrix collected = Collect(wide, 50, mayBeSparse: false, _ => true);
        Assert.IsType<DesignMatrix>(collected);
        Same(wide, collected);
    }

    [Fact]
    public void Rows_ThatTurnDenseOnTheWay_AreAllThere()
    {
        var random = new Random(1);
        DesignMatrix matrix =
            RandomData.Matrix(400, 300, (row, _) => row < 200 || random.NextDouble() < 0.5 ? random.NextDouble() < 0.01 ? 1 : 0 : 2);
        FeatureMatrix collected = Collect(matrix, 400, mayBeSparse: true, row => row % 2 == 0);
        Assert.IsType<DesignMatrix>(collected);
        Same(matrix, collected);
    }

    [Fact]
    public void AFewDenseRows_AreDense()
    {
        DesignMatrix matrix = RandomData.NormalMatrix(new Random(1), 3, 300);
        Assert.IsType<DesignMatrix>(Collect(matrix, 3, mayBeSparse: true, _ => false));
    }

    [Fact]
    public void AColumnThatIsHardlyEverZero_IsStoredWhole()
    {
        DesignMatrix matrix = RandomData.Matrix(100, 300, (row, column) => column == 7 ? row % 10 : 0);
        SparseMatrix collected = Assert.IsType<SparseMatrix>(Collect(matrix, 100, mayBeSparse: true, _ => true));
        // Columns are reversed.
        Assert.True(collected.IsWhole(292));
        Same(matrix, collected);
    }

    private static FeatureMatrix Collect(DesignMatrix matrix, int rows, bool mayBeSparse, Func<int, bool> comesSparse)
    {
        int[] columnOfSlot = s_reversed[^matrix.Columns..];
        var collector = new FeatureCollector(matrix.Columns, mayBeSparse, () => new DesignMatrix(matrix.Columns));
        for (int row = 0; row < rows; row++)
        {
            float[] values = matrix.Row(row).ToArray();
            if (!collector.IsSparse)
            {
                collector.Put(row, [.. columnOfSlot.Select(slot => values[slot])]);
            }
            else if (comesSparse(row))
            {
                // A stored zero is a zero like any other.
                int[] slots = [.. Enumerable.Range(0, values.Length).Where(slot => values[slot] != 0 || slot == 5)];
                collector.Add([.. slots.Select(slot => values[slot])], slots, columnOfSlot);
            }
            else
            {
                collector.Add(values, [], columnOfSlot);
            }

            Assert.Equal(row + 1, collector.Rows);
        }

        return collector.ToMatrix();
    }

    private static void Same(DesignMatrix slots, FeatureMatrix collected)
    {
        Assert.Equal(slots.Rows, collected.Rows);
        for (int row = 0; row < slots.Rows; row++)
        {
            Assert.Equal(slots.Row(row).ToArray().Reverse(), collected.Row(row).ToArray());
        }
    }
}
