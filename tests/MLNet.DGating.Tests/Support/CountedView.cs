using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Support;

/// <summary>A view that counts the cursors that are not closed yet.</summary>
internal sealed class CountedView(IDataView view) : IDataView
{
    public int Open { get; private set; }

    public bool CanShuffle => view.CanShuffle;

    public DataViewSchema Schema => view.Schema;

    public long? GetRowCount() => view.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, view.GetRowCursor(columnsNeeded, rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly CountedView _view;
        private readonly DataViewRowCursor _cursor;

        public Cursor(CountedView view, DataViewRowCursor cursor)
        {
            _view = view;
            _cursor = cursor;
            view.Open++;
        }

        public override long Position => _cursor.Position;

        public override long Batch => _cursor.Batch;

        public override DataViewSchema Schema => _cursor.Schema;

        public override bool MoveNext() => _cursor.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => _cursor.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _cursor.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => _cursor.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _view.Open--;
                _cursor.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
