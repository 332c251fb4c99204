using MLNet.DGating.Tool.Errors;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The detection of a csv file's encoding, separator and header.</summary>
internal static class FormatDetection
{
    private const int RowsLookedAt = 100;

    private static readonly char[] s_separators = [',', ';', '\t', '|'];

    /// <summary>Returns the format, and the first row read in it.</summary>
    /// <exception cref="ToolException">The file is empty or damaged.</exception>
    public static (TableFormat Format, string[] FirstRow) Detect(string path, TableHints hints)
    {
        (string charset, bool hasMark) = Charsets.Detect(path, hints.Charset);
        TableFormat format = new(false, ',', false) { Charset = charset, HasByteOrderMark = hasMark, Comment = hints.Comment };
        char? named = SeparatorLine(path, format);
        format = format with { HasSeparatorLine = named is not null };
        string[][] beginning = [];
        foreach (char candidate in (hints.Separator ?? named) is { } given ? [given] : s_separators)
        {
            TableFormat tried = format with { Separator = candidate };
            string[][] rows = Beginning(path, tried);
            if (beginning.Length == 0 || Regularity(rows) > Regularity(beginning))
            {
                (format, beginning) = (tried, rows);
            }
        }

        if (beginning.Length == 0)
        {
            throw ToolException.Input($"'{path}' is empty: a table has a row of names and rows of values.");
        }

        return (format with { HasHeader = hints.HasHeader ?? TableHeader.IsIn(beginning) }, beginning[0]);
    }

    // Excel writes the separator in a line of its own: sep=;
    private static char? SeparatorLine(string path, TableFormat format)
    {
        using var text = new StreamReader(new UnpackedFile(path), format.Encoding, detectEncodingFromByteOrderMarks: true);
        char[] beginning = new char[10];
        int length = text.ReadBlock(beginning);
        string line = new string(beginning, 0, length).ReplaceLineEndings("\n").Split('\n')[0];
        // A quote that is not closed begins a name of several lines.
        line = line is ['"', .. string inner, '"'] ? inner : line;
        return line.Length == 5 && line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? line[4] : null;
    }

    // The right separator cuts most rows into as many cells as the first; of several such, the one that makes the most cells is better.
    private static double Regularity(string[][] rows)
    {
        if (rows.Length == 0 || rows[0].Length == 1)
        {
            return 0;
        }

        double alike = (double)rows.Count(row => row.Length == rows[0].Length) / rows.Length;
        return alike + (1 - 1.0 / rows[0].Length) / 10;
    }

    private static string[][] Beginning(string path, TableFormat format)
    {
        var rows = new List<string[]>();
        using var reader = new SeparatedRows(path, format, isRegular: false);
        while (rows.Count < RowsLookedAt && reader.Read())
        {
            string[] row = new string[reader.Count];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.Cell(i).ToString();
            }

            rows.Add(row);
        }

        return [.. rows];
    }
}
