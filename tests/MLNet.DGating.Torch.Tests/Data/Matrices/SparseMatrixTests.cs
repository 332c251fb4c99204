using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

public class SparseMatrixTests
{
    private static readonly Gen<(DesignMatrix Dense, Random Random)> s_matrix =
        from rows in Gen.Int[1, 30]
        from columns in Gen.Int[1, 20]
        from density in Gen.Double[0, 1]
        from seed in Gen.Int
        let random = new Random(seed)
        select (SparseData.NormalMatrix(random, rows, columns, density), random);

    [Fact]
    public void Rows_AreWhatWasAdded_InWhateverOrderOfColumns() => s_matrix.Sample((dense, random) =>
    {
        var sparse = new SparseMatrix(dense.Columns);
        long entries = 0;
        for (int row = 0; row < dense.Rows; row++)
        {
            float[] values = dense.Row(row).ToArray();
            int[] stored = [.. Enumerable.Range(0, values.Length).Where(column => values[column] != 0).OrderBy(_ => random.Next())];
            sparse.AddRow(stored, [.. stored.Select(column => values[column])]);
            entries += stored.Length;
        }

        Same(dense, sparse);
        Assert.Equal(entries, sparse.Entries);
        Assert.Equal((double)entries / (dense.Rows * dense.Columns), sparse.Density, 1e-12);
    });

    [Fact]
    public void Select_TakesTheseColumnsInThisOrder_OfEveryRow() => s_matrix.Sample((dense, random) =>
    {
        int[] kept = [.. Enumerable.Range(0, dense.Columns).OrderBy(_ => random.Next()).Take(random.Next(dense.Columns + 1))];
        SparseMatrix sparse = dense.AsSparse();
        Same(dense.Select(kept), sparse.Select(kept));
        float[] part = new float[kept.Length];
        for (int row = 0; row < dense.Rows; row++)
        {
            sparse.Read(row, kept, part);
            Assert.Equal(dense.Select(kept).Row(row).ToArray(), part);
        }
    });

    [Fact]
    public void Take_TakesTheseRowsInThisOrder() => s_matrix.Sample((dense, random) =>
    {
        int[] rows = [.. Enumerable.Range(0, 10).Select(_ => random.Next(dense.Rows))];
        Same(dense.Take(rows), dense.AsSparse().Take(rows));
    });

    [Fact]
    public void Complete_StoresWholeWhatMoreThanHalfOfTheRowsStore_AndNothingElse() => s_matrix.Sample((dense, _) =>
    {
        SparseMatrix sparse = dense.AsSparse(), complete = sparse.Complete();
        Same(dense, complete);
        for (int j = 0; j < dense.Columns; j++)
        {
            int stored = Enumerable.Range(0, dense.Rows).Count(row => dense.Row(row)[j] != 0);
            Assert.Equal(2 * stored > dense.Rows, complete.IsWhole(j));
        }
    });

    [Fact]
    public void Chunks_EndBetweenRows_AndGrowToTheLongestRow()
    {
        const int columns = 700_000;
        var sparse = new SparseMatrix(columns);
        int[] lengths = [3, 200_000, 100_000, 0, columns, 1];
        foreach (int length in lengths)
        {
            sparse.AddRow([.. Enumerable.Range(0, length)], [.. Enumerable.Range(0, length).Select(column => (float)column + length)]);
        }

        for (int row = 0; row < lengths.Length; row++)
        {
            Assert.Equal(lengths[row], sparse.Row(row).Columns.Length);
            Assert.Equal(lengths[row], sparse.Row(row).Values.Length);
            if (lengths[row] > 0)
            {
                Assert.Equal(2 * lengths[row] - 1, sparse.Row(row).Values[^1]);
            }
        }
    }

    private static void Same(DesignMatrix expected, SparseMatrix actual)
    {
        Assert.Equal((expected.Rows, expected.Columns), (actual.Rows, actual.Columns));
        for (int row = 0; row < expected.Rows; row++)
        {
            Assert.Equal(expected.Row(row).ToArray(), ((FeatureMatrix)actual).Row(row).ToArray());
        }
    }
}
