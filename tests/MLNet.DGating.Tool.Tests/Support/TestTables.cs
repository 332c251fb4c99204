using System.IO.Compression;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Tests.Support;

/// <summary>Tables as tests write and read them.</summary>
internal static class TestTables
{
    /// <summary>Returns a csv; cells that need quotes have them.</summary>
    public static string Csv(IEnumerable<string[]> rows, char separator = ',') =>
        string.Concat(rows.Select(row => string.Join(separator, row.Select(cell => Quoted(cell, separator))) + "\n"));

    public static string Gzip(Folder folder, string name, string text)
    {
        using var stream = new GZipStream(File.Create(folder[name]), CompressionLevel.Fastest);
        using var writer = new StreamWriter(stream);
        writer.Write(text);
        return folder[name];
    }

    /// <summary>Reads the cells of a csv without quotes.</summary>
    public static string[][] Cells(string path) => [.. File.ReadLines(path).Select(line => line.Split(','))];

    /// <summary>Reads all cells below the header.</summary>
    public static string[][] Read(TableFile table)
    {
        var rows = new List<string[]>();
        using TableReader reader = table.Read();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, table.ColumnNames.Count).Select(column => reader.Cell(column).ToString())]);
        }

        return [.. rows];
    }

    public static TableFile Open(string path) => TableFile.Open(path, TableHints.None);

    public static TableProfile Profile(string path) => TableProfile.Read(Open(path), ReadingHints.None, CancellationToken.None);

    private static string Quoted(string cell, char separator) => cell.AsSpan().ContainsAny([separator, '"', '\n', '\r'])
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
