using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Distributed.Rows;

/// <summary>Shows one of several parts into which rows are dealt one by one.</summary>
/// <param name="rows">All rows.</param>
/// <param name="part">The number of the part, from 0.</param>
/// <param name="parts">The number of parts.</param>
internal sealed class DealtView(IDataView rows, int part, int parts) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => rows.Schema;

    public long? GetRowCount() => rows.GetRowCount() is long count ? (count - part + parts - 1) / parts : null;

    // Rows keep their order: shuffled ones would be dealt otherwise in every pass.
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(rows.GetRowCursor(columnsNeeded), part, parts);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DataViewRowCursor rows, int part, int parts) : DataViewRowCursor
    {
        private long _read = -1;
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => rows.Schema;

        public override bool MoveNext()
        {
            while (rows.MoveNext())
            {
                _read++;
                if (_read % parts == part)
                {
                    _position++;
                    return true;
                }
            }

            _position = -1;
            return false;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => rows.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => rows.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => rows.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                rows.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
