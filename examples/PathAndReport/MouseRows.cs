using Microsoft.ML;
using Microsoft.ML.Data;
using QuickStart;

namespace PathAndReport;

/// <summary>The rows of mice.csv with the mouse that each is of: the file has 15 measurements of one mouse after the other.</summary>
internal static class MouseRows
{
    private const int MeasurementsOfAMouse = 15;

    public static IDataView Load(MLContext mlContext)
    {
        // A loader that sees the file takes the slots' names from its header.
        string path = ExampleData.PathOf("mice.csv");
        var sample = new MultiFileSource(path);
        IDataView file = mlContext.Data.CreateTextLoader<Mouse>(separatorChar: ',', hasHeader: true, dataSample: sample).Load(path);
        VBuffer<ReadOnlyMemory<char>> names = default;
        file.Schema[nameof(Mouse.Features)].GetSlotNames(ref names);

        SchemaDefinition columns = SchemaDefinition.Create(typeof(Measurement));
        var namesType = new VectorDataViewType(TextDataViewType.Instance, Mouse.Proteins);
        columns[nameof(Measurement.Features)].AddAnnotation("SlotNames", names, namesType);
        IEnumerable<Measurement> rows = mlContext.Data.CreateEnumerable<Mouse>(file, reuseRowObject: false)
            .Select((row, number) => new Measurement(number / MeasurementsOfAMouse, row.Class, row.Features));
        IDataView measurements = mlContext.Data.LoadFromEnumerable<Measurement>([.. rows], columns);
        return mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(Mouse.Class)).Fit(measurements).Transform(measurements);
    }

    /// <summary>Columns of the data, Mouse being the sampling key.</summary>
    internal sealed class Measurement(int mouse, float label, float[] features)
    {
        public int Mouse { get; } = mouse;

        public float Class { get; } = label;

        [VectorType(QuickStart.Mouse.Proteins)] public float[] Features { get; } = features;
    }
}
