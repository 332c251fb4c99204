using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds a row of a generated table: a class for tables with a Boolean label, a target for regressions.</summary>
internal sealed class PlantedRow
{
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    public float Target { get; set; }

    /// <summary>Shows rows with the columns Label, Target and Features.</summary>
    public static IDataView View(MLContext context, PlantedRow[] rows)
    {
        var schema = SchemaDefinition.Create(typeof(PlantedRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        return context.Data.LoadFromEnumerable(rows, schema);
    }
}
