using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds the rows of a table to train on and those to test on, for trainers of either number of classes.</summary>
internal sealed class SplitData
{
    /// <summary>Loads a data set with fixed test rows.</summary>
    public SplitData(MLContext context, string folder, string name)
        : this(context, LabelledTable.Load(context, folder, name), LabelledTable.TestRows(folder, name))
    {
    }

    /// <param name="context">The context.</param>
    /// <param name="table">All rows.</param>
    /// <param name="test">The numbers of the test rows; the others are for training.</param>
    public SplitData(MLContext context, LabelledTable table, HashSet<int> test)
    {
        Features = table.Features[0].Length;
        Classes = 1 + table.Classes.Max();
        Training = View(context, table.Take(Enumerable.Range(0, table.Rows).Where(row => !test.Contains(row))));
        Test = View(context, table.Take(Enumerable.Range(0, table.Rows).Where(test.Contains)));
    }

    public int Features { get; }

    public int Classes { get; }

    /// <summary>The name of the label column for a trainer of this number of classes.</summary>
    public string LabelColumn => Classes == 2 ? "Positive" : "Label";

    /// <summary>The training rows, with columns Label (key), Positive (Boolean, true for class 1) and Features.</summary>
    public IDataView Training { get; }

    public IDataView Test { get; }

    private IDataView View(MLContext context, LabelledTable table)
    {
        var schema = SchemaDefinition.Create(typeof(LabelledRow));
        schema[nameof(LabelledRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Features);
        schema[nameof(LabelledRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), Classes);
        // Keys in objects are counted from 0, unlike inside ML.NET.
        LabelledRow[] labelled =
        [
            .. table.Features.Zip(table.Classes, (features, label) =>
                new LabelledRow { Features = features, Label = (uint)label, Positive = label == 1 }),
        ];
        return context.Data.LoadFromEnumerable(labelled, schema);
    }

    private sealed class LabelledRow
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }

        public bool Positive { get; set; }
    }
}
