using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Internal.Utilities;
using Microsoft.ML.Runtime;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating;

/// <summary>Collects the sampling key of each row. Rows of one key are not independent, such as the visits of one patient.</summary>
/// <remarks>A missing value is a key like any other.</remarks>
internal sealed class SamplingKeys
{
    private static readonly FuncInstanceMethodInfo1<SamplingKeys, DataViewRow, Func<object>> s_getter =
        FuncInstanceMethodInfo1<SamplingKeys, DataViewRow, Func<object>>.Create(target => target.Getter<int>);

    private readonly Dictionary<object, int> _numbers = [];
    private readonly List<int> _ofRows = [];
    private int _count;

    /// <param name="context">Throws user errors.</param>
    /// <param name="schema">The schema that has the column.</param>
    /// <param name="columnName">A scalar column of any type whose values can be compared: text, key, number, Boolean or time.</param>
    public SamplingKeys(IExceptionContext context, DataViewSchema schema, string columnName)
    {
        const string parameter = "samplingKeyColumnName", role = "sampling key";
        Column = schema.GetColumnOrNull(columnName) ?? throw context.ExceptSchemaMismatch(parameter, role, columnName);
        if (Column.Type is not PrimitiveDataViewType)
        {
            throw context.ExceptSchemaMismatch(
                parameter, role, columnName, "a scalar: text, key, number, Boolean or time", Column.Type.ToString());
        }
    }

    public DataViewSchema.Column Column { get; }

    /// <summary>The number of different keys of the rows kept.</summary>
    public int Count => _ofRows.Distinct().Count();

    /// <summary>Gives the block of each row: that of its key for the rows read, one of its own for each row behind them.</summary>
    /// <param name="rows">The number of rows.</param>
    public int[] BlocksOf(int rows) => [.. _ofRows, .. Enumerable.Range(_count, rows - _ofRows.Count)];

    /// <summary>Goes over to the keys of the rows of all ranks, in their order. A key is the same on all of them if its text is.</summary>
    public void Join(IRanks ranks)
    {
        string[] texts = [.. _numbers.OrderBy(pair => pair.Value).Select(pair => FormattableString.Invariant($"{pair.Key}"))];
        var all = new Dictionary<string, int>(StringComparer.Ordinal);
        string[][] ofRanks = Array.ConvertAll(ranks.AllGather(PlainData.Write(texts)), bytes => PlainData.Read<string[]>(bytes));
        int[][] numbers = Array.ConvertAll(ofRanks, keys => Array.ConvertAll(keys, key =>
        {
            all.TryAdd(key, all.Count);
            return all[key];
        }));
        byte[][] rows = ranks.AllGather(PlainData.Write(_ofRows.ToArray()));
        _ofRows.Clear();
        _ofRows.AddRange(rows.SelectMany((ofRank, rank) => PlainData.Read<int[]>(ofRank).Select(number => numbers[rank][number])));
        _count = all.Count;
    }

    /// <summary>Keeps these rows alone.</summary>
    /// <param name="rows">The numbers of the rows, ascending.</param>
    public void KeepRows(int[] rows)
    {
        int[] kept = Array.ConvertAll(rows, row => _ofRows[row]);
        _ofRows.Clear();
        _ofRows.AddRange(kept);
    }

    /// <summary>Creates a function that gives the block of a cursor's present row; null for a key that has not been read before.</summary>
    public Func<int?> BlockReader(DataViewRow row)
    {
        Func<object> read = Utils.MarshalInvoke(s_getter, this, Column.Type.RawType, row);
        return () => _numbers.TryGetValue(read(), out int number) ? number : null;
    }

    /// <summary>Creates a function that reads the key of a cursor's present row.</summary>
    /// <remarks>The function takes the place of the row among those kept: behind the others, or that of a row that it replaces.</remarks>
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
                _count++;
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
            // ReadOnlyMemory is compared by its address, so text is converted to a string.
            return value is ReadOnlyMemory<char> text ? text.ToString() : value!;
        };
    }
}
