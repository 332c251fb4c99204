namespace MLNet.DGating.Tool.Inference;

/// <summary>The user's statements about columns.</summary>
internal sealed record ColumnHints
{
    /// <summary>A category of up to so many values is never hashed.</summary>
    public const int FewCategories = 100;

    /// <summary>The number of classes up to which categories of many values have the share of each class as features.</summary>
    public const int FewClasses = 20;

    /// <summary>A category of more values than this is hashed.</summary>
    public const int ManyCategories = 10_000;

    /// <summary>The rows that each of many values must have, on average, so as not to be hashed.</summary>
    public const int RowsOfACategory = 5;

    public IReadOnlyList<string> Ignored { get; init; } = [];

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public IReadOnlyList<string> Text { get; init; } = [];

    public string? Weight { get; init; }

    /// <summary>The column whose rows of one value belong together.</summary>
    public string? Group { get; init; }

    /// <summary>How cells are read.</summary>
    public ReadingHints Reading { get; init; } = ReadingHints.None;

    /// <summary>All columns that are named.</summary>
    public IEnumerable<string> Named =>
        [.. Ignored, .. Categorical, .. Text, .. Reading.Numbers, .. Reading.Dates, .. Group is null ? (string[])[] : [Group]];

    /// <summary>The largest number of words of a category that is not hashed; null: chosen by the rows that each word has.</summary>
    public int? MaximumCategories { get; init; }
}
