using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Loads a data set with fixed test rows.</summary>
/// <remarks>The first column of NAME.csv is the class, from 0. splits/NAME.test.txt has the numbers of the test rows.</remarks>
internal sealed class SplitData
{
    public SplitData(MLContext context, string folder, string name)
    {
        string path = Path.Combine(folder, name + ".csv");
        int columns = File.ReadLines(path).First().Split(',').Length;
        TextLoader loader = context.Data.CreateTextLoader(
            [new("Class", DataKind.Single, 0), new("Features", DataKind.Single, 1, columns - 1)], separatorChar: ',', hasHeader: true);
        Row[] rows = [.. context.Data.CreateEnumerable<Row>(loader.Load(path), reuseRowObject: false)];
        HashSet<int> test = [.. File.ReadLines(Path.Combine(folder, "splits", name + ".test.txt")).Select(int.Parse)];
        Features = columns - 1;
        Classes = 1 + (int)rows.Max(row => row.Class);
        Training = View(context, rows.Where((_, i) => !test.Contains(i)));
        Test = View(context, rows.Where((_, i) => test.Contains(i)));
    }

    public int Features { get; }

    public int Classes { get; }

    /// <summary>The name of the label column for a trainer of this number of classes.</summary>
    public string LabelColumn => Classes == 2 ? "Positive" : "Label";

    /// <summary>The training rows, with columns Label (key), Positive (Boolean, true for class 1) and Features.</summary>
    public IDataView Training { get; }

    public IDataView Test { get; }

    private IDataView View(MLContext context, IEnumerable<Row> rows)
    {
        var schema = SchemaDefinition.Create(typeof(LabelledRow));
        schema[nameof(LabelledRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Features);
        schema[nameof(LabelledRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), Classes);
        // Keys in objects are counted from 0, unlike inside ML.NET.
        LabelledRow[] labelled =
            [.. rows.Select(row => new LabelledRow { Features = row.Features, Label = (uint)row.Class, Positive = row.Class == 1 })];
        return context.Data.LoadFromEnumerable(labelled, schema);
    }

    private sealed class Row
    {
        public float Class { get; set; }

        public float[] Features { get; set; } = [];
    }

    private sealed class LabelledRow
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }

        public bool Positive { get; set; }
    }
}
