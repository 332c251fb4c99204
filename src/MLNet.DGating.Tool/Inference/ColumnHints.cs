namespace MLNet.DGating.Tool.Inference;

/// <summary>The user's statements about columns.</summary>
internal sealed record ColumnHints
{
    public const int DefaultMaximumCategories = 100;

    public IReadOnlyList<string> Ignored { get; init; } = [];

    public IReadOnlyList<string> Categorical { get; init; } = [];

    public IReadOnlyList<string> Text { get; init; } = [];

    public string? Weight { get; init; }

    /// <summary>The largest number of words of a category that is not hashed.</summary>
    public int MaximumCategories { get; init; } = DefaultMaximumCategories;
}
