using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The facts about all columns of a table, from one pass over all rows.</summary>
/// <remarks>As every row is read, no later row can contradict what is inferred.</remarks>
internal sealed class TableProfile
{
    private TableProfile(TableFile file, ColumnProfile[] columns, long rows)
    {
        File = file;
        Columns = columns;
        Rows = rows;
    }

    public TableFile File { get; }

    public IReadOnlyList<ColumnProfile> Columns { get; }

    public long Rows { get; }

    /// <summary>Reads all rows of a table.</summary>
    /// <exception cref="ToolException">The table has no rows, or a row cannot be read.</exception>
    public static TableProfile Read(TableFile file, CancellationToken cancellation)
    {
        ColumnProfile[] columns = [.. file.ColumnNames.Select((name, index) => new ColumnProfile(name, index))];
        long rows = 0;
        using TableReader reader = file.Read();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            rows++;
            foreach (ColumnProfile column in columns)
            {
                column.Add(reader.Cell(column.Index));
            }
        }

        if (rows == 0)
        {
            string what = file.Format.HasHeader ? "a header but no rows" : "no rows";
            throw ToolException.Input($"'{file.Path}' has {what}: rows of values are needed.");
        }

        return new TableProfile(file, columns, rows);
    }

    public ColumnProfile this[string column] => Columns[File.IndexOf(column)];
}
