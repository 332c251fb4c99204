using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Views;

/// <summary>A pass of ML.NET over the rows of a table that a filter accepts.</summary>
internal sealed class TableCursor(
    DataViewSchema schema, TableReader reader, InputColumn[] columns, int[] indices, HashSet<int> active, RowFilter filter)
    : DataViewRowCursor
{
    private readonly WordPool _words = new();
    private long _row = -1;
    private long _position = -1;

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => schema;

    public override bool MoveNext()
    {
        while (reader.Read())
        {
            _row++;
            if (filter(_row, reader))
            {
                _position++;
                return true;
            }
        }

        _position = -1;
        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        (InputColumn input, int index) = (columns[column.Index], indices[column.Index]);
        Delegate getter = input.Kind switch
        {
            InputKind.Single => SingleGetter(index, input.Cells),
            InputKind.Double => DoubleGetter(index, input.Cells),
            InputKind.Date => DateGetter(index, input.Cells),
            _ => TextGetter(index),
        };
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}.");
    }

    // The number of the row in the file, whatever the filter leaves out.
    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader.Dispose();
        }

        base.Dispose(disposing);
    }

    private ValueGetter<ReadOnlyMemory<char>> TextGetter(int index) => index < 0
        ? (ref ReadOnlyMemory<char> value) => value = default
        : (ref ReadOnlyMemory<char> value) => value = _words.Get(reader.Cell(index).Trim()).AsMemory();

    private ValueGetter<ReadOnlyMemory<char>> DateGetter(int index, CellFormat cells) => index < 0
        ? (ref ReadOnlyMemory<char> value) => value = default
        : (ref ReadOnlyMemory<char> value) => value = cells.Date(reader.Cell(index)).AsMemory();

    private ValueGetter<float> SingleGetter(int index, CellFormat cells) => index < 0
        ? (ref float value) => value = float.NaN
        : (ref float value) => value = cells.Single(reader.Cell(index));

    private ValueGetter<double> DoubleGetter(int index, CellFormat cells) => index < 0
        ? (ref double value) => value = double.NaN
        : (ref double value) => value = cells.Number(reader.Cell(index));
}
