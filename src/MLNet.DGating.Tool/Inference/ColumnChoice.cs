using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;

namespace MLNet.DGating.Tool.Inference;

/// <summary>The choice of the columns that a pipeline reads, and of their encodings.</summary>
internal static class ColumnChoice
{
    /// <summary>Chooses by the kinds of the columns and the user's hints.</summary>
    /// <exception cref="ToolException">A named column does not exist, the weight holds words, or no column is left.</exception>
    public static (ModelColumn[] Read, LeftOutColumn[] LeftOut) Choose(TableProfile table, string label, ColumnHints hints)
    {
        foreach (string named in hints.Named)
        {
            table.File.IndexOf(named);
        }

        if (hints.Weight is { } weight && table[weight].Kind != ColumnKind.Numeric)
        {
            throw ToolException.Training(
                $"The weight '{weight}' holds words, not numbers: name a column of numbers, or leave --weight out.");
        }

        var read = new List<ModelColumn>();
        var leftOut = new List<LeftOutColumn>();
        foreach (ColumnProfile column in table.Columns.Where(column => column.Name != label && column.Name != hints.Weight))
        {
            if (hints.Ignored.Contains(column.Name))
            {
                leftOut.Add(new(column.Name, ReasonOf(column, hints)));
            }
            else if (column.Name == hints.Group)
            {
                leftOut.Add(new(column.Name, "says which rows belong together"));
            }
            else if (EncodingOf(column, hints) is { } encoding)
            {
                read.Add(new(column.Name, column.Index, column.Kind, encoding, column.Reading.Missing)
                {
                    Cells = column.Reading.Cells,
                    Values = encoding == ColumnEncoding.OneHot ? [.. column.Words.Keys] : null,
                    HasTargetMean = HasTargetMean(column, encoding, table[label]),
                });
            }
            else
            {
                leftOut.Add(new(column.Name, ReasonOf(column, hints)));
            }
        }

        if (read.Count == 0)
        {
            if (leftOut.Count == 0)
            {
                throw ToolException.Training(
                    $"The table has no other column than the label '{label}': a prediction needs at least one column to be made from.");
            }

            string reasons = string.Join("; ", leftOut.Select(column => $"'{column.Name}' {column.Reason}"));
            throw ToolException.Training($"No column is left to predict '{label}' from: {reasons}.");
        }

        return ([.. read], [.. leftOut]);
    }

    /// <summary>Returns the reason why a column is left out.</summary>
    public static string ReasonOf(ColumnProfile column, ColumnHints hints) =>
        hints.Ignored.Contains(column.Name) ? "ignored as asked"
        : column.Kind == ColumnKind.Empty ? "has no values"
        : column.Words.Count == column.Rows - column.Missing && !column.HasManyWords
            ? $"no value repeats, as in an id; --categorical {column.Name} or --text {column.Name} uses it"
        : $"its words hardly repeat; --text {column.Name} makes features of them";

    /// <summary>Returns the way in which a column becomes features; null where it does not.</summary>
    public static ColumnEncoding? EncodingOf(ColumnProfile column, ColumnHints hints) => column.Kind switch
    {
        ColumnKind.Empty => null,
        _ when hints.Text.Contains(column.Name) => ColumnEncoding.Ngrams,
        _ when hints.Categorical.Contains(column.Name) => Categories(column, hints),
        ColumnKind.Numeric => ColumnEncoding.Number,
        ColumnKind.Boolean => ColumnEncoding.OneHot,
        ColumnKind.Date => ColumnEncoding.Date,
        ColumnKind.Categorical => Categories(column, hints),
        ColumnKind.Text when column.IsSentences => ColumnEncoding.Ngrams,
        _ => null,
    };

    private static ColumnEncoding Categories(ColumnProfile column, ColumnHints hints) =>
        !column.HasManyWords && (column.Words.Count <= (hints.MaximumCategories ?? ColumnHints.FewCategories) || IsLearnable(column, hints))
            ? ColumnEncoding.OneHot
            : ColumnEncoding.Hash;

    // Of few values the slots say all that there is to say. Of many classes a slot for each would be as many as there are values.
    private static bool HasTargetMean(ColumnProfile column, ColumnEncoding encoding, ColumnProfile label) =>
        (encoding == ColumnEncoding.Hash || (encoding == ColumnEncoding.OneHot && column.Words.Count > ColumnHints.FewCategories))
        && (label.Kind == ColumnKind.Numeric || (!label.HasManyWords && label.Words.Count <= ColumnHints.FewClasses));

    // Of many values each has a slot where it has rows enough to learn from.
    private static bool IsLearnable(ColumnProfile column, ColumnHints hints) => hints.MaximumCategories is null
        && column.Words.Count <= ColumnHints.ManyCategories
        && column.Rows - column.Missing >= (long)ColumnHints.RowsOfACategory * column.Words.Count;
}
