using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tests.Support;

/// <summary>A row with a label for each task: Flag (Boolean), Kind (key of 3), Target (Single).</summary>
internal sealed class DataRow
{
    public VBuffer<float> Features { get; set; }

    public bool Flag { get; set; }

    /// <summary>0, 1 or 2, as keys count in objects; anything above is a missing label.</summary>
    public uint Kind { get; set; }

    public float Target { get; set; }

    public float Weight { get; set; } = 1;

    public float[] Values => [.. Features.DenseValues()];

    public static DataRow Create(float[] features, double target) => new()
    {
        Features = new VBuffer<float>(features.Length, features),
        Target = (float)target,
        Flag = target > 0,
        Kind = target < -0.5 ? 0u : target < 0.5 ? 1u : 2u,
    };

    /// <summary>The same row with other features, dense.</summary>
    public DataRow With(float[] features) => new()
    {
        Features = new VBuffer<float>(features.Length, features),
        Flag = Flag,
        Kind = Kind,
        Target = Target,
        Weight = Weight,
    };

    /// <summary>The same row with only its values other than 0 stored.</summary>
    public DataRow AsSparse()
    {
        float[] values = Values;
        int[] indices = [.. Enumerable.Range(0, values.Length).Where(slot => values[slot] != 0)];
        DataRow row = With(values);
        row.Features = new VBuffer<float>(values.Length, indices.Length, [.. indices.Select(slot => values[slot])], indices);
        return row;
    }

    /// <param name="context">Makes the view.</param>
    /// <param name="rows">The rows, read afresh by every cursor.</param>
    /// <param name="slotNames">One for each slot; null for none.</param>
    /// <param name="categoricalRanges">Pairs of first and last slot of a one-hot block; null for none.</param>
    /// <param name="slotCount">Slots of the feature column; null: the first row's; 0: unknown.</param>
    public static IDataView View(
        MLContext context, IReadOnlyList<DataRow> rows,
        string[]? slotNames = null, int[]? categoricalRanges = null, int? slotCount = null) =>
        View(context, rows, slotCount ?? rows[0].Features.Length, slotNames, categoricalRanges);

    public static IDataView View(
        MLContext context, IEnumerable<DataRow> rows, int slots, string[]? slotNames = null, int[]? categoricalRanges = null)
    {
        var schema = SchemaDefinition.Create(typeof(DataRow));
        schema.Remove(schema.Single(column => column.MemberName == nameof(Values)));
        SchemaDefinition.Column features = schema[nameof(Features)];
        features.ColumnType = slots == 0
            ? new VectorDataViewType(NumberDataViewType.Single)
            : new VectorDataViewType(NumberDataViewType.Single, slots);
        schema[nameof(Kind)].ColumnType = new KeyDataViewType(typeof(uint), 3);
        if (slotNames is not null)
        {
            features.AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(slots, [.. slotNames.Select(name => name.AsMemory())]),
                new VectorDataViewType(TextDataViewType.Instance, slots));
        }

        if (categoricalRanges is not null)
        {
            features.AddAnnotation("CategoricalSlotRanges", new VBuffer<int>(categoricalRanges.Length, categoricalRanges),
                new VectorDataViewType(NumberDataViewType.Int32, categoricalRanges.Length / 2, 2));
        }

        return context.Data.LoadFromEnumerable(rows, schema);
    }
}
