namespace MLNet.DGating.Tool.Input;

/// <summary>Separator and header of a csv file, from its first rows.</summary>
internal static class FormatDetection
{
    private const int RowsLookedAt = 100;

    private static readonly char[] _separators = [',', ';', '\t', '|'];

    /// <summary>The format, and the first rows read in it.</summary>
    public static TableFormat Detect(string path, TableHints hints, ref string[][] beginning)
    {
        char separator = ',';
        foreach (char candidate in hints.Separator is { } given ? [given] : _separators)
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

        return new TableFormat(false, separator, hints.HasHeader ?? HasHeader(beginning));
    }

    /// <summary>The header's names, made distinct; numbers where a name is missing.</summary>
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

    // The separator that cuts most rows into as many cells as the first, and into the more the better.
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
            var row = new string[reader.Count];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.Cell(i).ToString();
            }

            rows.Add(row);
        }

        return [.. rows];
    }
}
