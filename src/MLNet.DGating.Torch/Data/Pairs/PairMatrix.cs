using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>Shows rows with the cells of pairs of features behind their columns.</summary>
/// <param name="rows">The rows.</param>
/// <param name="cells">The cells of the same rows.</param>
internal sealed class PairMatrix(FeatureMatrix rows, DesignMatrix cells) : FeatureMatrix
{
    public override int Rows => rows.Rows;

    public override int Columns => rows.Columns + cells.Columns;

    public override bool HasMissing => rows.HasMissing;

    public override bool IsIndicator(int column) => column < rows.Columns && rows.IsIndicator(column);

    public override void Read(int row, Span<float> target)
    {
        rows.Read(row, target[..rows.Columns]);
        cells.Read(row, target[rows.Columns..]);
    }

    public override void Read(int row, ReadOnlySpan<int> columns, Span<float> target)
    {
        (int[] ofRows, int[] ofCells) = Divide(columns);
        rows.Read(row, ofRows, target[..ofRows.Length]);
        cells.Read(row, ofCells, target[ofRows.Length..]);
    }

    public override FeatureMatrix Select(ReadOnlySpan<int> columns)
    {
        (int[] ofRows, int[] ofCells) = Divide(columns);
        return new PairMatrix(rows.Select(ofRows), cells.Select(ofCells));
    }

    public override FeatureMatrix Take(ReadOnlySpan<int> rowsToTake) => new PairMatrix(rows.Take(rowsToTake), cells.Take(rowsToTake));

    // Groups are read in their order, so that the columns of features are before those of pairs.
    private (int[] OfRows, int[] OfCells) Divide(ReadOnlySpan<int> columns)
    {
        int first = 0;
        while (first < columns.Length && columns[first] < rows.Columns)
        {
            first++;
        }

        int width = rows.Columns;
        return (columns[..first].ToArray(), Array.ConvertAll(columns[first..].ToArray(), column => column - width));
    }
}
