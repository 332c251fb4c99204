using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the time of scoring one row.</summary>
/// <remarks>
/// Elapsed time and processor time differ: ML.NET reads, scores and passes on rows on at least four threads of its own, however few
/// processors there are.
/// </remarks>
/// <param name="Clock">The elapsed seconds a row.</param>
/// <param name="Processor">The seconds of processor time a row.</param>
internal readonly record struct Rate(double Clock, double Processor)
{
    /// <summary>Measures the time of an action that scores all rows of <see cref="ScoringCase"/>.</summary>
    public static Rate Of(Action allRows) =>
        new(Stopwatching.SecondsPerCall(allRows) / ScoringCase.Rows, Stopwatching.ProcessorSecondsPerCall(allRows) / ScoringCase.Rows);

    /// <summary>Measures the time of reading a model's columns over all rows, including the opening of the cursor.</summary>
    public static Rate OfCursor(ITransformer model, IDataView rows, params string[] columns) =>
        Of(() => Read(model.Transform(rows), columns));

    /// <summary>Reads the values of vector and key columns in all rows.</summary>
    public static void Read(IDataView view, params string[] names)
    {
        DataViewSchema.Column[] columns = Array.ConvertAll(names, name => view.Schema[name]);
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        Action[] reads = Array.ConvertAll(columns, column => column.Type is VectorDataViewType
            ? Reader<VBuffer<float>>(cursor, column)
            : Reader<uint>(cursor, column));
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
