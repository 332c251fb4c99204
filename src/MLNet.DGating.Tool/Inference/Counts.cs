using System.Globalization;
using MLNet.DGating.Tool.Columns;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The distinction of counts, such as visits, from numbers that are names of classes.</summary>
/// <remarks>Counts begin at 0, leave no number out until they become rare, and fall off beyond the most frequent one.</remarks>
internal static class Counts
{
    private const int FewestNumbers = 5;
    private const double RareInTail = 0.25, Slack = 0.25;

    public static bool Are(ColumnProfile column)
    {
        if (column.Kind != ColumnKind.Numeric || column.HasManyWords || column.NotNumbers.Count > 0
            || column.Words.Count < FewestNumbers)
        {
            return false;
        }

        var rows = new SortedDictionary<int, long>();
        foreach ((string word, long count) in column.Words)
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return false;
            }

            rows[number] = rows.GetValueOrDefault(number) + count;
        }

        (int mode, long most) = rows.MaxBy(pair => pair.Value);
        long[] tail = [.. Enumerable.Range(mode, rows.Keys.Last() - mode + 1).Select(number => rows.GetValueOrDefault(number))];
        return rows.ContainsKey(0) && tail.Length > 1 && tail[^1] <= RareInTail * most
            && tail.Zip(tail.Skip(1)).All(pair => pair.Second <= (1 + Slack) * pair.First + Slack * Math.Sqrt(most));
    }
}
