using MLNet.DGating.Tool.Input;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>What the user says of columns.</summary>
internal sealed record ColumnHints
{
    public const int DefaultMaximumCategories = 100;

    public IReadOnlyList<string> Ignored { get; init; } = [];

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public IReadOnlyList<string> Text { get; init; } = [];

    public string? Weight { get; init; }

    /// <summary>Categories of more words are hashed.</summary>
    public int MaximumCategories { get; init; } = DefaultMaximumCategories;
}

/// <summary>Which columns a pipeline reads and how, from their kinds and what the user says.</summary>
internal static class ColumnChoice
{
    public static (ModelColumn[] Read, LeftOutColumn[] LeftOut) Choose(TableProfile table, string label, ColumnHints hints)
    {
        foreach (string named in hints.Ignored.Concat(hints.Categorical).Concat(hints.Text))
        {
            table.File.IndexOf(named);
        }

        if (hints.Weight is { } weight && table[weight].Kind != ColumnKind.Numeric)
        {
            throw ToolException.Training($"The weight '{weight}' holds words, not numbers: name a column of numbers, or leave --weight out.");
        }

        var read = new List<ModelColumn>();
        var leftOut = new List<LeftOutColumn>();
        foreach (ColumnProfile column in table.Columns.Where(column => column.Name != label && column.Name != hints.Weight))
        {
            if (hints.Ignored.Contains(column.Name))
            {
                leftOut.Add(new(column.Name, "ignored as asked"));
            }
            else if (EncodingOf(column, hints) is { } encoding)
            {
                read.Add(new(column.Name, column.Index, column.Kind, encoding, column.Missing));
            }
            else
            {
                leftOut.Add(new(column.Name, column.Kind == ColumnKind.Empty ? "has no values" : $"its words hardly repeat; --text {column.Name} makes features of them"));
            }
        }

        return read.Count > 0 ? ([.. read], [.. leftOut])
            : throw ToolException.Training($"No column is left to predict '{label}' from: {string.Join("; ", leftOut.Select(column => $"'{column.Name}' {column.Reason}"))}.");
    }

    private static Encoding? EncodingOf(ColumnProfile column, ColumnHints hints) => column.Kind switch
    {
        ColumnKind.Empty => null,
        _ when hints.Text.Contains(column.Name) => Encoding.Ngrams,
        _ when hints.Categorical.Contains(column.Name) => Categories(column, hints),
        ColumnKind.Numeric => Encoding.Number,
        ColumnKind.Boolean => Encoding.OneHot,
        ColumnKind.Date => Encoding.Date,
        ColumnKind.Categorical => Categories(column, hints),
        _ => null,
    };

    private static Encoding Categories(ColumnProfile column, ColumnHints hints) =>
        column.HasManyWords || column.Words.Count > hints.MaximumCategories ? Encoding.Hash : Encoding.OneHot;
}
