using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The facts about all columns of a table, from one pass over all rows.</summary>
/// <remarks>As every row is read, no later row can contradict what is inferred.</remarks>
internal sealed class TableProfile
{
    private TableProfile(TableFile file, ColumnProfile[] columns, long rows, long emptyRows)
    {
        File = file;
        Columns = columns;
        Rows = rows;
        EmptyRows = emptyRows;
    }

    public TableFile File { get; }

    public IReadOnlyList<ColumnProfile> Columns { get; }

    public long Rows { get; }

    /// <summary>The number of rows without any value, which are skipped.</summary>
    public long EmptyRows { get; }

    /// <summary>Reads all rows of a table.</summary>
    /// <param name="file">The table.</param>
    /// <param name="hints">How the user says that cells are read.</param>
    /// <param name="cancellation">Stops between rows.</param>
    /// <exception cref="ToolException">The table has no rows, or a row cannot be read.</exception>
    public static TableProfile Read(TableFile file, ReadingHints hints, CancellationToken cancellation)
    {
        ColumnProfile[] columns = [.. file.ColumnNames.Select((name, index) => new ColumnProfile(name, index, hints))];
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

        return new TableProfile(file, columns, rows, reader.EmptyRows);
    }

    public ColumnProfile this[string column] => Columns[File.IndexOf(column)];
}
