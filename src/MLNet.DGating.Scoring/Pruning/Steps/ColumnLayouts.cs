using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>The columns at a point of the pruned pipeline, and which of their former slots are left.</summary>
internal sealed class ColumnLayouts(DataViewSchema inputs)
{
    private readonly Dictionary<string, int[]> _kept = new(StringComparer.Ordinal);

    /// <summary>The columns after the steps that were appended so far.</summary>
    public DataViewSchema Schema { get; private set; } = inputs;

    /// <summary>Returns the former slots that a column still has, ascending; null for a column that has all of them.</summary>
    public int[]? KeptSlots(string column) => _kept.GetValueOrDefault(column);

    /// <summary>Says which of its former slots a column has from here on.</summary>
    /// <param name="column">The column.</param>
    /// <param name="slots">The former slots, ascending; null for all of them.</param>
    public void Set(string column, int[]? slots)
    {
        if (slots is null)
        {
            _kept.Remove(column);
        }
        else
        {
            _kept[column] = slots;
        }
    }

    public void Append(ITransformer step) => Schema = step.GetOutputSchema(Schema);

    /// <summary>Returns the number of slots of a column: 1 where it is no vector, null where rows differ.</summary>
    public static int? SlotCount(DataViewSchema schema, string column) => schema[column].Type switch
    {
        VectorDataViewType { IsKnownSize: true } vector => vector.Size,
        VectorDataViewType => null,
        _ => 1,
    };
}
