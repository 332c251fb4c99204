using System.Globalization;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Inference;

/// <summary>Numbers that stand for a missing one, such as 9999: they repeat, far from all others.</summary>
internal static class Sentinels
{
    private const long FewestRows = 3, FewestOthers = 10;
    private const double SmallestPart = 0.01, LargestPart = 0.5;

    // As far from the others as these are apart, this many times.
    private const double FarAway = 5;

    public static (double Number, long Rows)[] In(ColumnProfile column, NumberStyle style, ReadingHints hints)
    {
        NumberTally numbers = column.Numbers(style);
        var found = new List<(double Number, long Rows)>();
        double[] sample = [.. numbers.Sample.Order()];
        foreach (double extreme in (double[])[numbers.Maximum, numbers.Minimum])
        {
            long rows = column.Words.Where(word => IsNumber(word.Key, style, extreme)).Sum(word => word.Value);
            double[] others = [.. sample.Where(number => number != extreme && !found.Any(other => other.Number == number))];
            bool isKept = hints.NotMissing.Any(word => IsNumber(word, style, extreme));
            if (others.Distinct().Count() >= FewestOthers && !isKept
                && rows >= Math.Max(FewestRows, SmallestPart * column.Rows) && rows <= LargestPart * column.Rows
                && Math.Max(extreme - others[^1], others[0] - extreme) > FarAway * (others[^1] - others[0]))
            {
                found.Add((extreme, rows));
            }
        }

        return [.. found];
    }

    /// <summary>Returns a number as it is said.</summary>
    public static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsNumber(string word, NumberStyle style, double number) =>
        NumberText.TryParse(word, style, out double read) && read == number;
}
