using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The kind of a column's cells, and how they are read.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Cells">How cells are read.</param>
/// <param name="Missing">The number of missing cells, those of words and numbers that stand for a missing value included.</param>
internal sealed record ColumnReading(ColumnKind Kind, CellFormat Cells, long Missing)
{
    private const int FewWords = 20;

    // A column of fewer different numbers beside words is more likely one of classes: 0, 1, 2, 3+.
    private const int ManyNumbers = 10;
    private const int FewOthers = 5;

    // Of more than these numbers, words are slips whatever they are.
    private const double NearlyAll = 0.98;

    // Single precision has 24 bits: what it rounds away must be far below the spread of the numbers.
    private const double SinglePrecision = 1.0 / (1 << 24), NegligiblePart = 1e-3;
    private const double SmallestSingle = 1e-37;

    public static ColumnReading Of(ColumnProfile column, ReadingHints hints)
    {
        long present = column.Rows - column.Missing;
        CellFormat cells = new()
        {
            MissingWords = [.. hints.Missing],
            Numbers = NumberStyleOf(column, hints),
            Dates = DateOrderOf(column, hints),
        };
        if (present == 0)
        {
            return new(ColumnKind.Empty, cells, column.Missing);
        }

        bool isNamed = column.Name == hints.Label || hints.Numbers.Concat(hints.Dates).Contains(column.Name);
        if (column.HasCodes && !isNamed && IsRepetitive(column))
        {
            return new(ColumnKind.Categorical, cells, column.Missing);
        }

        bool isOpen = !column.IsBoolean && !hints.Dates.Contains(column.Name);
        if (hints.Numbers.Contains(column.Name) || (isOpen && AreNumbers(column, cells.Numbers, present)))
        {
            return OfNumbers(column, cells, hints);
        }

        if (hints.Dates.Contains(column.Name) || (isOpen && AreDates(column, cells.Dates, present)))
        {
            long dates = Math.Max(column.Dates(cells.Dates), column.Numbers(NumberStyle.Plain).Count);
            return new(ColumnKind.Date, cells with { MissingWords = [.. cells.MissingWords, .. Others(column)] }, column.Rows - dates);
        }

        return new(
            column.IsBoolean ? ColumnKind.Boolean : IsRepetitive(column) ? ColumnKind.Categorical : ColumnKind.Text, cells, column.Missing);
    }

    private static ColumnReading OfNumbers(ColumnProfile column, CellFormat cells, ReadingHints hints)
    {
        NumberTally numbers = column.Numbers(cells.Numbers);
        (double Number, long Rows)[] sentinels = column.Name == hints.Label ? [] : Sentinels.In(column, cells.Numbers, hints);
        return new(
            ColumnKind.Numeric,
            cells with
            {
                MissingWords = [.. cells.MissingWords, .. Others(column)],
                MissingNumbers = [.. sentinels.Select(sentinel => sentinel.Number)],
                IsDouble = !FitsSingle(numbers),
            },
            column.Rows - numbers.Count + sentinels.Sum(sentinel => sentinel.Rows));
    }

    private static bool FitsSingle(NumberTally numbers) =>
        numbers.Variance == 0
        || (numbers.LargestMagnitude < float.MaxValue && numbers.LargestMagnitude > SmallestSingle
            && numbers.LargestMagnitude * SinglePrecision < NegligiblePart * Math.Sqrt(numbers.Variance));

    private static bool AreNumbers(ColumnProfile column, NumberStyle style, long present)
    {
        long numbers = column.Numbers(style).Count;
        if (numbers == present)
        {
            return true;
        }

        bool haveManyNumbers = column.HasManyWords || column.Words.Count - column.NotNumbers.Count > ManyNumbers;
        return numbers >= present - numbers
            && (column.NotNumbers.Keys.All(word => CellText.IsMissingAmongNumbers(word))
                || (haveManyNumbers && (column.NotNumbers.Count <= FewOthers || numbers > NearlyAll * present)));
    }

    private static bool AreDates(ColumnProfile column, DateOrder order, long present)
    {
        long dates = column.Dates(order);
        long missing = column.NotNumbers.Where(word => CellText.IsMissingAmongNumbers(word.Key)).Sum(word => word.Value);
        return dates > 0 && dates >= missing && dates + missing == present;
    }

    private static NumberStyle NumberStyleOf(ColumnProfile column, ReadingHints hints)
    {
        long plain = column.Numbers(NumberStyle.Plain).Count, point = column.Numbers(NumberStyle.Point).Count,
            comma = column.Numbers(NumberStyle.Comma).Count;
        return hints.IsDecimalComma is { } isComma ? (isComma ? NumberStyle.Comma : point > plain ? NumberStyle.Point : NumberStyle.Plain)
            : plain >= Math.Max(point, comma) ? NumberStyle.Plain
            : point >= comma ? NumberStyle.Point
            : NumberStyle.Comma;
    }

    private static DateOrder DateOrderOf(ColumnProfile column, ReadingHints hints) =>
        hints.IsDayFirst is { } isDayFirst ? (isDayFirst ? DateOrder.DayFirst : DateOrder.MonthFirst)
        : column.Dates(DateOrder.DayFirst) > column.Dates(DateOrder.MonthFirst) ? DateOrder.DayFirst
        : DateOrder.MonthFirst;

    private static IEnumerable<string> Others(ColumnProfile column) =>
        column.NotNumbers.Keys.Where(word => !CellText.IsMissingAmongNumbers(word)
            && !DateText.TryParse(word, DateOrder.MonthFirst, out _) && !DateText.TryParse(word, DateOrder.DayFirst, out _));

    // On average a word must occur twice; a few words need not.
    private static bool IsRepetitive(ColumnProfile column) => column.HasManyWords
        ? column.Repeats > (column.Rows - column.Missing) / 2
        : column.Words.Count <= FewWords || 2 * column.Words.Count <= column.Rows - column.Missing;
}
