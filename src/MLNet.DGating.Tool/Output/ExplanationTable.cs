using System.Globalization;
using MLNet.DGating.Tool.Explanation;
using MLNet.DGating.Tool.Text;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>The explanation of a row for the terminal: a line with the scores, and a table of contributions.</summary>
internal static class ExplanationTable
{
    private const int Digits = 4, MaximumDigits = 15;
    private const double LargeRatio = 1000;

    /// <summary>Returns "Row 1 is '1': score 0.52, base -1.3; the difference comes from:", the line above the table.</summary>
    public static string Heading(ExplainedRow row) =>
        $"Row {row.Row.ToString(CultureInfo.InvariantCulture)}: '{row.Prediction}'; score {Score(row, row.Score)}, "
        + $"base {Score(row, row.Base)}. The difference comes from:";

    /// <summary>Returns the table of the largest contributions, and the sum of the others.</summary>
    public static Table Of(ExplainedRow row, int top)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("column", "value");
        table.AddColumn(new TableColumn("contribution").RightAligned());
        foreach (ColumnContribution column in row.Contributions.Take(top))
        {
            table.AddRow(
                Markup.Escape(Sentence.Shown(column.Column)), Markup.Escape(Sentence.Shown(column.Value)), Signed(column.Contribution));
        }

        ColumnContribution[] others = [.. row.Contributions.Skip(top)];
        if (others.Length > 0)
        {
            table.AddRow(Sentence.Count(others.Length, "other"), "", Signed(others.Sum(column => column.Contribution)));
        }

        return table;
    }

    // Where a score and its base are close for their size, digits are added until they differ.
    private static string Score(ExplainedRow row, double number)
    {
        double ratio = Math.Abs(row.Score) / Math.Max(Math.Abs(row.Score - row.Base), double.Epsilon);
        bool isLarge = ratio >= LargeRatio && double.IsFinite(ratio);
        int digits = isLarge ? Math.Min(MaximumDigits, Digits + (int)Math.Log10(ratio)) : Digits;
        return number.ToString($"g{digits}", CultureInfo.InvariantCulture);
    }

    private static string Number(double number) => number.ToString("g4", CultureInfo.InvariantCulture);

    private static string Signed(float number) => (number > 0 ? "+" : "") + Number(number);
}
