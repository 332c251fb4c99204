using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Views;

namespace MLNet.DGating.Tool.Splitting;

/// <summary>What a split needs to know of a row that has a label.</summary>
/// <param name="Number">The number of the row in the table, from 0.</param>
/// <param name="Class">The class, from 0; 0 for numbers.</param>
/// <param name="Value">The label as a number; 0 for classes.</param>
/// <param name="Group">What the row has in common with others.</param>
/// <param name="Draw">A random number of the row, or of its group, from 0 to 1.</param>
internal readonly record struct LabelledRow(long Number, int Class, double Value, long Group, double Draw)
{
    /// <summary>Reads the rows of a table that have a label.</summary>
    public static List<LabelledRow> Read(SplitRequest request)
    {
        int label = request.File.IndexOf(request.Label.Name);
        int group = request.Group is { } name ? request.File.IndexOf(name) : -1;
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> classes = request.Label.Words.Index()
            .ToDictionary(word => word.Item, word => word.Index).GetAlternateLookup<ReadOnlySpan<char>>();
        bool isNumber = request.Label.Words.Count == 0;
        var rows = new List<LabelledRow>();
        using TableReader reader = request.File.Read();
        for (long number = 0; reader.Read(); number++)
        {
            int found = 0;
            double value = isNumber ? request.Label.Cells.Number(reader.Cell(label)) : 0;
            bool hasLabel = isNumber
                ? float.IsFinite(request.Label.Cells.Single(reader.Cell(label)))
                : classes.TryGetValue(reader.Cell(label).Trim(), out found);
            if (hasLabel)
            {
                long shared = group < 0 ? number : RowFilters.Hash(reader.Cell(group).Trim());
                rows.Add(new LabelledRow(number, found, value, shared, RowFilters.Draw(shared, request.Seed)));
            }
        }

        return rows;
    }
}
