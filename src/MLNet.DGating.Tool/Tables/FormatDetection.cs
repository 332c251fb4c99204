using MLNet.DGating.Tool.Errors;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The detection of a csv file's separator and header, from its first rows.</summary>
internal static class FormatDetection
{
    private const int RowsLookedAt = 100;

    private static readonly char[] s_separators = [',', ';', '\t', '|'];

    /// <summary>Returns the format, and the first row read in it.</summary>
    /// <exception cref="ToolException">The file is empty.</exception>
    public static (TableFormat Format, string[] FirstRow) Detect(string path, TableHints hints)
    {
        char separator = ',';
        string[][] beginning = [];
        foreach (char candidate in hints.Separator is { } given ? [given] : s_separators)
        {
            string[][] rows = Beginning(path, candidate);
            if (beginning.Length == 0 || Regularity(rows) > Regularity(beginning))
            {
                (separator, beginning) = (candidate, rows);
            }
        }

        if (beginning.Length == 0)
        {
            throw ToolException.Input($"'{path}' is empty: a table has a row of names and rows of values.");
        }

        return (new TableFormat(false, separator, hints.HasHeader ?? HasHeader(beginning)), beginning[0]);
    }

    /// <summary>Returns the names in the header, made distinct; "Column1", "Column2", … where a name is missing.</summary>
    public static string[] Names(string[] firstRow, bool hasHeader)
    {
        var names = new List<string>(firstRow.Length);
        var taken = new HashSet<string>();
        for (int i = 0; i < firstRow.Length; i++)
        {
            string name = hasHeader ? firstRow[i].Trim().TrimStart('\uFEFF') : "";
            string unique = name.Length > 0 ? name : $"Column{i + 1}";
            for (int copy = 2; !taken.Add(unique); copy++)
            {
                unique = $"{name}_{copy}";
            }

            names.Add(unique);
        }

        return [.. names];
    }

    // Names are words, and no two are the same; rows of values have numbers, or repeat themselves.
    private static bool HasHeader(string[][] rows) =>
        !rows[0].Any(cell => CellText.TryNumber(cell, out _))
        && rows[0].Where(cell => cell.Length > 0).Distinct().Count() == rows[0].Count(cell => cell.Length > 0)
        && rows[0].Any(cell => cell.Length > 0);

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

    private static string[][] Beginning(string path, char separator)
    {
        var rows = new List<string[]>();
        using var reader = new SeparatedRows(path, separator, hasHeader: false, isRegular: false);
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
