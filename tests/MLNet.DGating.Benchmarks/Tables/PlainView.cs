using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Shows rows of a plain table to ML.NET: a column for each number and category, and Label as its trainers want it.</summary>
internal sealed class PlainView : IDataView
{
    public const string Label = "Label";

    private readonly TableSchema _table;
    private readonly TableRow[] _rows;

    public PlainView(TableSchema table, TableRow[] rows)
    {
        (_table, _rows) = (table, rows);
        var schema = new DataViewSchema.Builder();
        foreach (string name in table.Numbers)
        {
            schema.AddColumn(name, NumberDataViewType.Single);
        }

        foreach (string name in table.Categories)
        {
            schema.AddColumn(name, TextDataViewType.Instance);
        }

        schema.AddColumn(Label, table.Task switch
        {
            TableTask.Binary => BooleanDataViewType.Instance,
            TableTask.Multiclass => new KeyDataViewType(typeof(uint), table.Classes),
            _ => NumberDataViewType.Single,
        });
        Schema = schema.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(PlainView view, HashSet<int> active) : DataViewRowCursor
    {
        private int _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        private TableRow Row => view._rows[_position];

        public override bool MoveNext()
        {
            bool more = _position + 1 < view._rows.Length;
            _position = more ? _position + 1 : -1;
            return more;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)Getter(column.Index);

        private Delegate Getter(int column)
        {
            int category = column - view._table.Numbers.Length;
            if (category < 0)
            {
                return (ValueGetter<float>)((ref float value) => value = Row.Numbers[column]);
            }

            if (category < view._table.Categories.Length)
            {
                return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Row.Categories[category].AsMemory());
            }

            return view._table.Task switch
            {
                TableTask.Binary => (ValueGetter<bool>)((ref bool value) => value = Row.Label > 0),
                // ML.NET counts keys from 1; 0 is missing.
                TableTask.Multiclass => (ValueGetter<uint>)((ref uint value) => value = (uint)Row.Label + 1),
                _ => (ValueGetter<float>)((ref float value) => value = Row.Label),
            };
        }
    }
}
