using System.Globalization;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Text;
using Spectre.Console;

namespace MLNet.DGating.Tool.Output;

/// <summary>The columns of a table and how they are understood, for the terminal.</summary>
internal static class InspectionTable
{
    public static Table Of(IEnumerable<InspectedColumn> columns)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumns("column", "kind", "becomes");
        table.AddColumn(new TableColumn("missing").RightAligned());
        table.AddColumn(new TableColumn("values").RightAligned());
        table.AddColumn("such as");
        foreach (InspectedColumn column in columns)
        {
            table.AddRow(
                Markup.Escape(Sentence.Shown(column.Name)), ModelTables.Words($"{column.Kind}"),
                column.Encoding is { } encoding ? ModelTables.Words($"{encoding}") : "nothing",
                column.Missing.ToString("n0", CultureInfo.InvariantCulture), column.Values, Markup.Escape(Sentence.Shown(column.Example)));
        }

        return table;
    }
}
