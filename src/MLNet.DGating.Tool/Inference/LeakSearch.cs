using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The search for columns that say the label nearly alone.</summary>
/// <remarks>Such a column is a copy of the label, known only after it, or says which rows belong together.</remarks>
internal static class LeakSearch
{
    // Of rows that the most frequent class does not explain, this part is explained.
    private const double NearlyAll = 0.99;
    private const double Same = 0.9999, MostRows = 0.9;
    private const int MaximumRows = 20_000, FewestRows = 50, MaximumCells = 2_000_000;

    // A value of a category must repeat, or it would say the label of its only row.
    private const int RowsOfAValue = 5;

    public static Leak[] Find(TableProfile table, LabelColumn label, IReadOnlyList<ModelColumn> columns)
    {
        var read = columns.Select(column => new LeakColumn(table[column.Name], column)).ToList();
        ColumnProfile target = table[label.Name];
        List<double> labels = [];
        var classes = label.Words.Index().ToDictionary(word => word.Item, word => word.Index);
        int maximum = Math.Clamp(MaximumCells / Math.Max(1, columns.Count), FewestRows, MaximumRows);
        using TableReader reader = table.File.Read();
        while (labels.Count < maximum && reader.Read())
        {
            double value = LabelOf(reader.Cell(target.Index));
            if (!double.IsNaN(value))
            {
                labels.Add(value);
                read.ForEach(column => column.Add(reader));
            }
        }

        return labels.Count < FewestRows ? [] : [.. read.Select(column => Of(column, label, [.. labels])).OfType<Leak>()];

        double LabelOf(ReadOnlySpan<char> cell)
        {
            if (label.Task == LearningTask.Regression)
            {
                return label.Cells.Number(cell);
            }

            return classes.TryGetValue(cell.Trim().ToString(), out int index) ? index : double.NaN;
        }
    }

    private static Leak? Of(LeakColumn column, LabelColumn label, double[] labels)
    {
        if (label.Task == LearningTask.Regression)
        {
            return column.Numbers is { } same && Math.Abs(Correlation.Of(same, labels)) > Same
                ? new(column.Name, $"'{column.Name}' is '{label.Name}' on another scale: is it a copy of the label?")
                : null;
        }

        double rest = 1 - Share(labels.GroupBy(value => value).Select(group => group.Count()).Max(), labels.Length);
        if (column.IsFilled.Distinct().Count() == 2 && Explained(column.IsFilled.Select(filled => filled ? "1" : "0"), labels, rest))
        {
            string word = label.Words[(int)labels.Zip(column.IsFilled).Where(row => row.Second).GroupBy(row => row.First)
                .MaxBy(group => group.Count())!.Key];
            return new(column.Name, $"'{column.Name}' is filled where '{label.Name}' is '{word}' and empty elsewhere: "
                + "is it known only after the outcome?");
        }

        if (column.Words is { } words && words.Distinct().Count() * RowsOfAValue <= words.Count && Explained(words, labels, rest))
        {
            int values = words.Distinct().Count();
            return new(column.Name, values > label.Words.Count
                ? $"each value of '{column.Name}' has one '{label.Name}': if rows of one value belong together, "
                    + $"--group {column.Name} tests on new ones"
                : $"'{column.Name}' says '{label.Name}' alone: is it a copy of the label, or known only after it?");
        }

        return column.Numbers is { } numbers && IsParted(numbers, labels, rest)
            ? new(column.Name, column.IsAscending
                ? $"'{column.Name}' rises from row to row and says '{label.Name}' alone: is it an id of rows that are sorted by the label?"
                : $"'{column.Name}' says '{label.Name}' alone: is it known only after the outcome?")
            : null;
    }

    private static bool Explained(IEnumerable<string> words, double[] labels, double rest)
    {
        int right = words.Zip(labels).GroupBy(row => row.First)
            .Sum(group => group.GroupBy(row => row.Second).Max(same => same.Count()));
        return rest > 0 && 1 - Share(right, labels.Length) <= (1 - NearlyAll) * rest;
    }

    // The rows in the order of the numbers change their class hardly more often than there are classes. Rows of one number have no order:
    // each that is not of their most frequent class is a change to it and back.
    private static bool IsParted(IReadOnlyList<double> numbers, double[] labels, double rest)
    {
        (double Number, double Class)[] rows = [.. numbers.Zip(labels).Where(row => !double.IsNaN(row.First))];
        int changes = 0;
        double last = double.NaN;
        foreach (IGrouping<double, (double Number, double Class)> same in rows.GroupBy(row => row.Number).OrderBy(same => same.Key))
        {
            (double most, int count) = same.CountBy(row => row.Class).MaxBy(each => each.Value);
            changes += 2 * (same.Count() - count) + (most == last ? 0 : 1);
            last = most;
        }

        return rows.Length > MostRows * labels.Length && changes - 1 <= labels.Distinct().Count() + (1 - NearlyAll) * rest * rows.Length;
    }

    private static double Share(int part, int all) => (double)part / all;

    private sealed class LeakColumn(ColumnProfile profile, ModelColumn column)
    {
        public string Name => profile.Name;

        public List<bool> IsFilled { get; } = [];

        public List<double>? Numbers { get; } = column.Encoding == ColumnEncoding.Number ? [] : null;

        public List<string>? Words { get; } = column.Encoding is ColumnEncoding.OneHot or ColumnEncoding.Hash ? [] : null;

        public bool IsAscending { get; private set; } = true;

        public void Add(TableReader row)
        {
            ReadOnlySpan<char> cell = row.Cell(profile.Index);
            IsFilled.Add(!CellText.IsMissing(cell));
            Words?.Add(cell.Trim().ToString());
            if (Numbers is not null)
            {
                double number = column.Cells.Number(cell);
                IsAscending &= Numbers.Count == 0 || number > Numbers[^1];
                Numbers.Add(number);
            }
        }
    }
}
