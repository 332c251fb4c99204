using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Training;

/// <summary>The search for columns that were dropped because they say the same as one that was kept, on whatever scale.</summary>
internal static class CopySearch
{
    // What rounding to a few digits leaves of a correlation of 1.
    private const double Same = 0.99999;
    private const int MaximumPairs = 10_000, MaximumRows = 2_000;

    /// <summary>Returns the kept columns that have copies, with these.</summary>
    public static IReadOnlyDictionary<string, string[]> Find(
        TableFile file, IReadOnlyList<ModelColumn> kept, IReadOnlyList<ModelColumn> dropped)
    {
        ModelColumn[] numbers = [.. kept.Where(column => column.Encoding == ColumnEncoding.Number)];
        ModelColumn[] others = [.. dropped.Where(column => column.Encoding == ColumnEncoding.Number)];
        if (numbers.Length == 0 || others.Length == 0 || (long)numbers.Length * others.Length > MaximumPairs)
        {
            return new Dictionary<string, string[]>();
        }

        double[][] values = Values(file, [.. numbers, .. others]);
        double[][] first = values[..numbers.Length], second = values[numbers.Length..];
        return numbers.Index()
            .Select(column => (column.Item.Name, Copies: others.Index()
                .Where(other => Math.Abs(Correlation.Of(first[column.Index], second[other.Index])) > Same)
                .Select(other => other.Item.Name).ToArray()))
            .Where(column => column.Copies.Length > 0)
            .ToDictionary(column => column.Name, column => column.Copies);
    }

    private static double[][] Values(TableFile file, ModelColumn[] columns)
    {
        List<double>[] values = [.. columns.Select(_ => new List<double>())];
        int[] indices = [.. columns.Select(column => file.IndexOf(column.Name))];
        using TableReader reader = file.Read();
        while (values[0].Count < MaximumRows && reader.Read())
        {
            for (int i = 0; i < columns.Length; i++)
            {
                values[i].Add(columns[i].Cells.Number(reader.Cell(indices[i])));
            }
        }

        return [.. values.Select(column => column.ToArray())];
    }
}
