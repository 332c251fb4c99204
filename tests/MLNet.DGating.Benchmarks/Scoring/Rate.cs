using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>
/// Seconds a row, by the clock and of processor time. They differ: ML.NET reads, scores and hands over rows on threads of its own, at least four of them,
/// however few processors there are.
/// </summary>
internal readonly record struct Rate(double Clock, double Processor)
{
    public static Rate Of(Action allRows) =>
        new(Stopwatching.SecondsPerCall(allRows) / ScoringCase.Rows, Stopwatching.ProcessorSecondsPerCall(allRows) / ScoringCase.Rows);

    /// <summary>A model's columns over all rows, the opening of the cursor included.</summary>
    public static Rate OfCursor(ITransformer model, IDataView rows, params string[] columns) => Of(() => Read(model.Transform(rows), columns));

    /// <summary>Reads all rows' values of vector and key columns.</summary>
    public static void Read(IDataView view, params string[] names)
    {
        DataViewSchema.Column[] columns = Array.ConvertAll(names, name => view.Schema[name]);
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Action[] reads = Array.ConvertAll(columns, column => column.Type is VectorDataViewType ? Reader<VBuffer<float>>(cursor, column) : Reader<uint>(cursor, column));
        while (cursor.MoveNext())
        {
            foreach (Action read in reads)
            {
                read();
            }
        }
    }

    private static Action Reader<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        T value = default!;
        return () => getter(ref value);
    }
}
