namespace MLNet.DGating.Tool.Input;

/// <summary>A forward-only pass over the rows of a table, whatever its format; a cell is the text that stands for it in a csv file.</summary>
internal abstract class TableReader : IDisposable
{
    /// <summary>Moves to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    public abstract bool Read();

    /// <summary>A cell of the present row; empty where there is no value. Valid until the next row is read.</summary>
    public abstract ReadOnlySpan<char> Cell(int column);

    public abstract void Dispose();
}
