using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Views;

/// <summary>A table as ML.NET reads it: every pass streams the rows from the file.</summary>
/// <remarks>A column that the file lacks has missing values only. A model may have such columns if it does not depend on them.</remarks>
internal sealed class TableView : IDataView
{
    private readonly TableFile _file;
    private readonly InputColumn[] _columns;
    private readonly int[] _indices;
    private readonly RowFilter _filter;

    public TableView(TableFile file, IEnumerable<InputColumn> columns, RowFilter filter)
    {
        _file = file;
        _columns = [.. columns];
        _indices = Array.ConvertAll(_columns, column => file.ColumnNames.ToList().IndexOf(column.Source));
        _filter = filter;
        var schema = new DataViewSchema.Builder();
        foreach (InputColumn column in _columns)
        {
            schema.AddColumn(column.Name, column.Kind switch
            {
                InputKind.Single => NumberDataViewType.Single,
                InputKind.Double => NumberDataViewType.Double,
                _ => TextDataViewType.Instance,
            });
        }

        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new TableCursor(Schema, _file.Read(), _columns, _indices, [.. columnsNeeded.Select(column => column.Index)], _filter);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
