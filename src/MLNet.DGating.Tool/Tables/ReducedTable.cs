using MLNet.DGating.Tool.Files;

namespace MLNet.DGating.Tool.Tables;

/// <summary>A copy of a table with some of its columns.</summary>
internal static class ReducedTable
{
    public static void Write(TableFile table, IEnumerable<string> columns, string path)
    {
        int[] kept = [.. columns.Select(table.IndexOf).Order()];
        OutputFile.Write(path, temporary =>
        {
            using TableReader reader = table.Read();
            using var writer = TableWriter.Create(temporary, path, table.Format.Encoding);
            foreach (int column in kept)
            {
                writer.Cell(table.ColumnNames[column]);
            }

            writer.EndRow();
            while (reader.Read())
            {
                foreach (int column in kept)
                {
                    writer.Cell(reader.Cell(column));
                }

                writer.EndRow();
            }
        });
    }
}
