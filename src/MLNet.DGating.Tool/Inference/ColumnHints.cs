namespace MLNet.DGating.Tool.Inference;

/// <summary>The user's statements about columns.</summary>
internal sealed record ColumnHints
{
    public const int DefaultMaximumCategories = 100;

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

    /// <summary>The largest number of words of a category that is not hashed.</summary>
    public int MaximumCategories { get; init; } = DefaultMaximumCategories;
}
