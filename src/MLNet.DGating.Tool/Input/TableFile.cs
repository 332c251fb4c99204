using System.Text.Json;

namespace MLNet.DGating.Tool.Input;

/// <summary>A table in a file: csv, tsv (also gzipped) or parquet. It can be read any number of times, and is never held in memory.</summary>
internal sealed class TableFile
{
    private TableFile(string path, TableFormat format, string[] columnNames)
    {
        Path = path;
        Format = format;
        ColumnNames = columnNames;
    }

    public string Path { get; }

    public TableFormat Format { get; }

    /// <summary>From the header; "Column1", "Column2", … where there is none.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>Looks at the file's beginning.</summary>
    /// <exception cref="ToolException">It cannot be read, or is no table.</exception>
    public static TableFile Open(string path, TableHints hints)
    {
        return Guard(path, () =>
        {
            if (ParquetRows.IsParquet(path))
            {
                return new TableFile(path, TableFormat.Parquet, ParquetRows.ColumnNames(path));
            }

            string[][] beginning = [];
            TableFormat format = FormatDetection.Detect(path, hints, ref beginning);
            return new TableFile(path, format, FormatDetection.Names(beginning[0], format.HasHeader));
        });
    }

    /// <summary>Starts reading the rows below the header.</summary>
    public TableReader Read() => Guard<TableReader>(Path, () => Format.IsParquet ? new ParquetRows(Path) : new SeparatedRows(Path, Format.Separator, Format.HasHeader));

    /// <summary>The position of a column.</summary>
    /// <exception cref="ToolException">There is none of that name.</exception>
    public int IndexOf(string column)
    {
        for (int i = 0; i < ColumnNames.Count; i++)
        {
            if (ColumnNames[i] == column)
            {
                return i;
            }
        }

        throw ToolException.Input($"'{Path}' has no column '{column}'{Suggestion.For(column, ColumnNames)}.");
    }

    /// <summary>Runs what reads the file, and says of the file what goes wrong.</summary>
    internal static T Guard<T>(string path, Func<T> read, string expected = "a table as csv, tsv or parquet")
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ToolException.Input($"'{path}' does not exist: check the path; the current folder is '{Environment.CurrentDirectory}'.", fault);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw ToolException.Input($"'{path}' cannot be read: {Sentence.WithoutPeriod(fault.Message)}. Check that it is a file and that you may read it.", fault);
        }
        catch (Exception fault) when (fault is InvalidDataException or FormatException or NotSupportedException or JsonException)
        {
            throw ToolException.Input($"'{path}' is damaged or not what is expected here, {expected}: {Sentence.WithoutPeriod(fault.Message)}. Check the path, or write the file again.", fault);
        }
    }
}
