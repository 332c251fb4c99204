using System.Globalization;
using MLNet.DGating.Tool.Explanation;
using MLNet.DGating.Tool.Text;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>The explanation of a row for the terminal: a line with the scores, and a table of contributions.</summary>
internal static class ExplanationTable
{
    /// <summary>Returns "Row 1 is '1': score 0.52, base -1.3; the difference comes from:", the line above the table.</summary>
    public static string Heading(ExplainedRow row) =>
        $"Row {row.Row.ToString(CultureInfo.InvariantCulture)}: '{row.Prediction}'; score {Number(row.Score)}, base {Number(row.Base)}. "
        + "The difference comes from:";

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

    private static string Number(float number) => number.ToString("g4", CultureInfo.InvariantCulture);

    private static string Signed(float number) => (number > 0 ? "+" : "") + Number(number);
}
