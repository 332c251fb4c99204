using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Views;

/// <summary>A table with columns and no rows, which stands for the input of a pipeline.</summary>
internal sealed class EmptyTable(DataViewSchema schema) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema;

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(schema);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewSchema schema) : DataViewRowCursor
    {
        public override long Position => -1;

        public override long Batch => 0;

        public override DataViewSchema Schema => schema;

        public override bool MoveNext() => false;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ref TValue _) => throw HasNoRows();

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId _) => throw HasNoRows();

        private static InvalidOperationException HasNoRows() => new("There are no rows.");
    }
}
