using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The names of a table's columns, made distinct.</summary>
internal static class TableHeader
{
    /// <summary>Tells whether the first row holds names.</summary>
    /// <remarks>
    /// Names are words, and rows of values have numbers. Where all is words, no two names are the same, for rows of values repeat
    /// themselves.
    /// </remarks>
    public static bool IsIn(string[][] rows)
    {
        string[] first = rows[0], names = [.. first.Where(cell => cell.Trim().Length > 0)];
        return names.Length > 0 && !first.Any(NumberText.IsNumber)
            && (names.Distinct().Count() == names.Length || first.Index().Any(IsAboveNumbers));

        bool IsAboveNumbers((int Index, string Name) column) => column.Name.Trim().Length > 0
            && rows.Skip(1).Count(row => column.Index < row.Length && NumberText.IsNumber(row[column.Index])) * 2 >= rows.Length;
    }

    /// <summary>Returns names of which no two are the same: the later ones are numbered.</summary>
    public static string[] Unique(IReadOnlyList<string> names)
    {
        HashSet<string> taken = [];
        return [.. names.Select(name =>
        {
            string unique = name;
            for (int copy = 2; !taken.Add(unique); copy++)
            {
                unique = $"{name}_{copy}";
            }

            return unique;
        })];
    }

    /// <summary>Returns the names; "Column1", "Column2", … where a name is missing; and what there is to be said about them.</summary>
    public static (string[] Names, string[] Warnings) Names(string[] firstRow, bool hasHeader)
    {
        string[] written = [.. firstRow.Select(cell => hasHeader ? Trimmed(cell) : "")];
        HashSet<string> taken = [];
        List<string> names = [], renamed = [], unnamed = [];
        foreach ((int i, string name) in written.Index())
        {
            string wanted = name.Length > 0 ? name : $"Column{i + 1}", unique = wanted;
            // A name that is written further on keeps it.
            for (int copy = 2; taken.Contains(unique) || (unique != name && written.Contains(unique)); copy++)
            {
                unique = $"{wanted}_{copy}";
            }

            taken.Add(unique);
            names.Add(unique);
            (name.Length == 0 ? unnamed : unique != name ? renamed : []).Add(unique);
        }

        List<string> warnings = [];
        if (hasHeader && unnamed.Count > 0)
        {
            warnings.Add($"{Sentence.Count(unnamed.Count, "column")} without a name in the header: called {Sentence.List(unnamed)}.");
        }

        if (renamed.Count > 0)
        {
            warnings.Add($"the header has names that repeat: the later columns are called {Sentence.List(renamed)}.");
        }

        return ([.. names], [.. warnings]);
    }

    // Without space and byte order marks at its ends, in any order: a table that is written with these names has them again.
    private static string Trimmed(string cell)
    {
        int start = 0;
        while (start < cell.Length && (char.IsWhiteSpace(cell[start]) || cell[start] == '\uFEFF'))
        {
            start++;
        }

        return cell[start..].TrimEnd();
    }
}
