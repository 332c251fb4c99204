using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Benchmarks;

/// <summary>Holds a table of features with the class of each row.</summary>
/// <param name="Features">The features of each row.</param>
/// <param name="Classes">The class of each row, from 0.</param>
internal sealed record LabelledTable(float[][] Features, int[] Classes)
{
    public int Rows => Classes.Length;

    /// <summary>Loads NAME.csv, whose first column is the class.</summary>
    public static LabelledTable Load(MLContext context, string folder, string name)
    {
        string path = Path.Combine(folder, name + ".csv");
        int columns = File.ReadLines(path).First().Split(',').Length;
        TextLoader loader = context.Data.CreateTextLoader(
            [new("Class", DataKind.Single, 0), new("Features", DataKind.Single, 1, columns - 1)], separatorChar: ',', hasHeader: true);
        Row[] rows = [.. context.Data.CreateEnumerable<Row>(loader.Load(path), reuseRowObject: false)];
        return new LabelledTable(Array.ConvertAll(rows, row => row.Features), Array.ConvertAll(rows, row => (int)row.Class));
    }

    /// <summary>Reads the numbers of a table's fixed test rows, splits/NAME.test.txt.</summary>
    public static HashSet<int> TestRows(string folder, string name) =>
        [.. File.ReadLines(Path.Combine(folder, "splits", name + ".test.txt")).Select(int.Parse)];

    /// <summary>Gives these rows, in this order.</summary>
    public LabelledTable Take(IEnumerable<int> rows)
    {
        int[] taken = [.. rows];
        return new LabelledTable(Array.ConvertAll(taken, row => Features[row]), Array.ConvertAll(taken, row => Classes[row]));
    }

    private sealed class Row
    {
        public float Class { get; set; }

        public float[] Features { get; set; } = [];
    }
}
