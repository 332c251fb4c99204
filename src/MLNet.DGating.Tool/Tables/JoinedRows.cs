namespace MLNet.DGating.Tool.Tables;

/// <summary>The rows of several files, one after another.</summary>
/// <param name="files">Opens each file when its rows are needed.</param>
internal sealed class JoinedRows(IReadOnlyList<Func<TableReader>> files) : TableReader
{
    private TableReader _present = files[0]();
    private int _next = 1;
    private long _emptyRowsBefore;

    public override long EmptyRows => _emptyRowsBefore + _present.EmptyRows;

    public override bool Read()
    {
        while (!_present.Read())
        {
            if (_next == files.Count)
            {
                return false;
            }

            _emptyRowsBefore += _present.EmptyRows;
            _present.Dispose();
            _present = files[_next++]();
        }

        return true;
    }

    public override ReadOnlySpan<char> Cell(int column) => _present.Cell(column);

    public override void Dispose() => _present.Dispose();
}
