namespace MLNet.DGating.Tool.Tables;

/// <summary>A forward-only pass over the rows of a table.</summary>
/// <remarks>In every format a cell is the text that stands for it in a csv file.</remarks>
internal abstract class TableReader : IDisposable
{
    /// <summary>Moves to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public abstract bool Read();

    /// <summary>Returns a cell of the current row; empty where there is no value.</summary>
    /// <remarks>It is valid until the next row is read.</remarks>
    public abstract ReadOnlySpan<char> Cell(int column);

    /// <summary>The number of rows without any value that were skipped so far.</summary>
    public virtual long EmptyRows => 0;

    public abstract void Dispose();
}
