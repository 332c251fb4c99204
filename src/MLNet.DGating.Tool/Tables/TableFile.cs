using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Files;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Tables;

/// <summary>A table in a file: csv, tsv (also gzipped) or parquet.</summary>
/// <remarks>It can be read any number of times, and is never held in memory.</remarks>
internal sealed class TableFile
{
    private const string Expected = "a table as csv, tsv or parquet";

    private readonly IReadOnlyList<TableFile> _further;

    private TableFile(
        string path, TableFormat format, IReadOnlyList<string> columnNames, IReadOnlyList<string> warnings,
        params IReadOnlyList<TableFile> further)
    {
        _further = further;
        Path = path;
        Format = format;
        ColumnNames = columnNames;
        Warnings = warnings;
    }

    /// <summary>The path; that of the first file where there are several.</summary>
    public string Path { get; }

    /// <summary>The name of the file, with the number of those that follow it.</summary>
    public string Name => System.IO.Path.GetFileName(Path)
        + (_further.Count == 0 ? "" : $" and {Sentence.Count(_further.Count, "further file")}");

    public TableFormat Format { get; }

    /// <summary>The names in the header; "Column1", "Column2", … where there is none.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>What the user should know about the header and the encoding.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Opens a table and reads its beginning.</summary>
    /// <exception cref="ToolException">The file cannot be read, or is no table.</exception>
    public static TableFile Open(string path, TableHints hints) => InputFile.Read(path, () =>
    {
        if (ParquetRows.IsParquet(path))
        {
            return new TableFile(path, TableFormat.Parquet, ParquetRows.ColumnNames(path), []);
        }

        (TableFormat format, string[] firstRow) = FormatDetection.Detect(path, hints);
        (string[] names, string[] warnings) = TableHeader.Names(firstRow, format.HasHeader);
        string[] guessed = hints.Charset is null && !format.HasByteOrderMark && format.Charset != Charsets.Utf8
            ? [$"the text is not UTF-8 and is read as {format.Charset}; --charset names another encoding."]
            : [];
        return new TableFile(path, format, names, [.. guessed, .. warnings]);
    }, Expected);

    /// <summary>Opens the files of one table, which are read one after another.</summary>
    /// <exception cref="ToolException">A file cannot be read, or has other columns than the first.</exception>
    public static TableFile Open(IReadOnlyList<string> paths, TableHints hints)
    {
        TableFile[] files = [.. paths.Select(path => Open(path, hints))];
        TableFile first = files[0];
        return files.FirstOrDefault(file => !file.ColumnNames.SequenceEqual(first.ColumnNames)) is { } other
            ? throw ToolException.Input(
                $"'{other.Path}' has other columns than '{first.Path}': files of one table have the same columns in the same order.")
            : new TableFile(first.Path, first.Format, first.ColumnNames, first.Warnings, files[1..]);
    }

    /// <summary>Starts reading the rows below the header.</summary>
    public TableReader Read() => _further.Count == 0
        ? ReadOne()
        : new JoinedRows([ReadOne, .. _further.Select(file => (Func<TableReader>)file.ReadOne)]);

    private TableReader ReadOne() => InputFile.Read<TableReader>(Path, () => Format.IsParquet
        ? new ParquetRows(Path)
        : new SeparatedRows(Path, Format), Expected);

    /// <summary>Returns the position of a column.</summary>
    /// <exception cref="ToolException">The table has no column of that name.</exception>
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
}
