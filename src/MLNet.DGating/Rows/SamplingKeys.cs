using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Internal.Utilities;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>The sampling key of each row: rows of one key belong together, as the visits of one patient do.</summary>
/// <remarks>A missing value is a key like any other.</remarks>
internal sealed class SamplingKeys
{
    private static readonly FuncInstanceMethodInfo1<SamplingKeys, DataViewRow, Func<object>> s_getter =
        FuncInstanceMethodInfo1<SamplingKeys, DataViewRow, Func<object>>.Create(target => target.Getter<int>);

    private readonly Dictionary<object, int> _numbers = [];
    private readonly List<int> _ofRows = [];

    /// <param name="context">Throws user errors.</param>
    /// <param name="schema">Has the column.</param>
    /// <param name="columnName">A scalar column of any type whose values can be compared: text, key, number, Boolean, time.</param>
    public SamplingKeys(IExceptionContext context, DataViewSchema schema, string columnName)
    {
        Column = schema.GetColumnOrNull(columnName) ?? throw context.ExceptSchemaMismatch("samplingKeyColumnName", "sampling key", columnName);
        if (Column.Type is not PrimitiveDataViewType)
        {
            throw context.ExceptSchemaMismatch("samplingKeyColumnName", "sampling key", columnName, "a scalar: text, key, number, Boolean or time", Column.Type.ToString());
        }
    }

    public DataViewSchema.Column Column { get; }

    /// <summary>Different keys of the rows kept.</summary>
    public int Count => _ofRows.Distinct().Count();

    /// <summary>For each row kept, the number of its key: 0, 1, … in the order of appearance.</summary>
    public int[] OfRows => [.. _ofRows];

    /// <summary>
    /// What takes over the key of the row a cursor stands at, given the place of that row: behind the others, or that of one it replaces.
    /// </summary>
    public Action<int> Reader(DataViewRow row)
    {
        Func<object> read = Utils.MarshalInvoke(s_getter, this, Column.Type.RawType, row);
        return place =>
        {
            object key = read();
            if (!_numbers.TryGetValue(key, out int number))
            {
                number = _numbers.Count;
                _numbers.Add(key, number);
            }

            if (place == _ofRows.Count)
            {
                _ofRows.Add(number);
            }
            else
            {
                _ofRows[place] = number;
            }
        };
    }

    private Func<object> Getter<T>(DataViewRow row)
    {
        ValueGetter<T> getter = row.GetGetter<T>(Column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            // Text is compared by where it lies in memory, unless made a string.
            return value is ReadOnlyMemory<char> text ? text.ToString() : value!;
        };
    }
}
