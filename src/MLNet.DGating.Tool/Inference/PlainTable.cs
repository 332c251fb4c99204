using System.Globalization;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Inference;

/// <summary>A copy of a table that every program reads alike: plain numbers, ISO dates, missing cells empty, UTF-8.</summary>
internal static class PlainTable
{
    public static void Write(TableProfile table, string path) => OutputFile.Write(path, temporary =>
    {
        using TableReader reader = table.File.Read();
        using var writer = TableWriter.Create(temporary, path, Charsets.Encoding(Charsets.Utf8, hasMark: false));
        foreach (string name in table.File.ColumnNames)
        {
            writer.Cell(name);
        }

        writer.EndRow();
        while (reader.Read())
        {
            foreach (ColumnProfile column in table.Columns)
            {
                writer.Cell(Plain(column, reader.Cell(column.Index)));
            }

            writer.EndRow();
        }
    });

    private static ReadOnlySpan<char> Plain(ColumnProfile column, ReadOnlySpan<char> cell)
    {
        CellFormat cells = column.Reading.Cells;
        switch (column.Kind)
        {
            case ColumnKind.Numeric:
                double number = cells.Number(cell);
                return double.IsNaN(number) ? "" : cells.IsPlain ? cell.Trim() : number.ToString("r", CultureInfo.InvariantCulture);
            case ColumnKind.Date:
                return cells.Date(cell);
            default:
                return cell.Trim();
        }
    }
}
