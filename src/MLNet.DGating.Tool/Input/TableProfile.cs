namespace MLNet.DGating.Tool.Input;

/// <summary>All columns of a table, learnt in one pass over all rows: no later row can contradict what was inferred.</summary>
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

        return rows > 0 ? new TableProfile(file, columns, rows)
            : throw ToolException.Input($"'{file.Path}' has {(file.Format.HasHeader ? "a header but no rows" : "no rows")}: rows of values are needed.");
    }

    public ColumnProfile this[string column] => Columns[File.IndexOf(column)];
}
