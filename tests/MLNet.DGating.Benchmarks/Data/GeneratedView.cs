using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Generates rows with Label (a key) and Features when a cursor reads them.</summary>
/// <remarks>The rows are not in memory, so that all memory that is measured is the reader's.</remarks>
internal sealed class GeneratedView : IDataView
{
    private readonly long _rows;
    private readonly int _features;
    private readonly FillRow _fill;
    private readonly Func<long, uint> _label;

    /// <param name="rows">The number of rows.</param>
    /// <param name="features">The number of slots of Features.</param>
    /// <param name="classes">The number of classes of Label.</param>
    /// <param name="fill">Writes the features of a row.</param>
    /// <param name="label">Gives the class of a row, from 0.</param>
    public GeneratedView(long rows, int features, int classes, FillRow fill, Func<long, uint> label)
    {
        (_rows, _features, _fill, _label) = (rows, features, fill, label);
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", new KeyDataViewType(typeof(uint), classes));
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, features));
        Schema = schema.ToSchema();
    }

    public delegate void FillRow(long row, Span<float> features);

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(GeneratedView view, HashSet<int> active) : DataViewRowCursor
    {
        private long _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext()
        {
            bool more = _position + 1 < view._rows;
            _position = more ? _position + 1 : -1;
            return more;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name == "Label"
                ? (ValueGetter<uint>)((ref uint label) => label = view._label(_position) + 1)
                : (ValueGetter<VBuffer<float>>)Features;
            return (ValueGetter<TValue>)getter;
        }

        private void Features(ref VBuffer<float> row)
        {
            var editor = VBufferEditor.Create(ref row, view._features);
            view._fill(_position, editor.Values);
            row = editor.Commit();
        }
    }
}
