using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Inference;

/// <summary>What is unusual about the way a column is read, and the option that overrules it.</summary>
internal static class ColumnNotes
{
    private const int WordsShown = 5;

    public static IEnumerable<string> Of(ColumnProfile column, ColumnEncoding? encoding) => (column.Kind, encoding) switch
    {
        (ColumnKind.Numeric, ColumnEncoding.Number or null) => OfNumbers(column),
        (ColumnKind.Date, ColumnEncoding.Date or null) => OfDates(column),
        (ColumnKind.Categorical, not null) when column.HasCodes =>
            [$"has numbers that begin with 0, as codes do, and is a category; --number {Name(column)} overrules"],
        (ColumnKind.Text, ColumnEncoding.Ngrams) =>
            [$"is text, whose words and pairs of words become features; --ignore {Name(column)} leaves it out"],
        _ => [],
    };

    private static IEnumerable<string> OfNumbers(ColumnProfile column)
    {
        CellFormat cells = column.Reading.Cells;
        NumberTally numbers = column.Numbers(cells.Numbers);
        if (cells.Numbers != NumberStyle.Plain)
        {
            (string mark, string other) = cells.Numbers == NumberStyle.Comma ? ("comma", "point") : ("point", "comma");
            string example = column.Words.Keys.FirstOrDefault(word => !NumberText.TryParse(word, NumberStyle.Plain, out _)) ?? "";
            yield return $"is read as numbers with a decimal {mark}, such as '{example}'; --decimal-{other} or "
                + $"--categorical {Name(column)} overrules";
        }

        string[] words = [.. column.NotNumbers.OrderByDescending(word => word.Value).Select(word => word.Key)];
        if (words.Length > 0)
        {
            yield return $"is a column of numbers: {Sentence.List(words, WordsShown)} in "
                + $"{Sentence.Count(column.NotNumbers.Values.Sum(), "row")} count as missing; --categorical {Name(column)} overrules";
        }

        foreach (double number in cells.MissingNumbers)
        {
            string text = Sentinels.Text(number);
            long rows = column.Words.Where(word => cells.MissingNumbers.Count > 0
                && NumberText.TryParse(word.Key, cells.Numbers, out double read) && read == number).Sum(word => word.Value);
            yield return $"has {text} in {Sentence.Count(rows, "row")}, far from all other numbers, and it counts as missing; "
                + $"--not-missing {text} overrules";
        }

        if (cells.IsDouble)
        {
            bool isBeyond = numbers.LargestMagnitude is > float.MaxValue or < 1e-37;
            yield return isBeyond
                ? "has numbers that do not fit in single precision: they are read in double precision and scaled"
                : "has numbers that single precision would round together: they are read in double precision, less their mean";
        }
    }

    private static IEnumerable<string> OfDates(ColumnProfile column)
    {
        long dayFirst = column.Dates(DateOrder.DayFirst), monthFirst = column.Dates(DateOrder.MonthFirst);
        if (column.Reading.Cells.Dates == DateOrder.DayFirst)
        {
            yield return "has dates with the day first; --month-first overrules";
        }
        else if (dayFirst == monthFirst && column.Words.Keys.Any(word => word.AsSpan().IndexOfAny('/', '-', '.') is 1 or 2))
        {
            yield return "has dates whose day may come first or second; they are read with the month first, --day-first overrules";
        }
    }

    // A name with a space needs quotes on the command line.
    private static string Name(ColumnProfile column) => column.Name.Contains(' ') ? $"\"{column.Name}\"" : column.Name;
}
