namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Stores features that are added row by row. Rows may be replaced by others while nothing else reads the matrix.</summary>
internal abstract class RowMatrix : FeatureMatrix
{
    public abstract void Add(ReadOnlySpan<float> values);

    public abstract void Replace(int row, ReadOnlySpan<float> values);

    /// <summary>Removes all rows behind the first ones, and gives back their memory.</summary>
    /// <param name="rows">The number of rows to keep.</param>
    public abstract void Truncate(int rows);

    /// <summary>Keeps these rows alone, in place.</summary>
    /// <param name="rows">The numbers of the rows, ascending.</param>
    public void KeepRows(int[] rows)
    {
        float[] values = new float[Columns];
        for (int i = 0; i < rows.Length; i++)
        {
            Read(rows[i], values);
            Replace(i, values);
        }

        Truncate(rows.Length);
    }
}
