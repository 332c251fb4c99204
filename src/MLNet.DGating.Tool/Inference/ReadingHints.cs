namespace MLNet.DGating.Tool.Inference;

/// <summary>The user's statements about how cells are read.</summary>
internal sealed record ReadingHints
{
    public static ReadingHints None { get; } = new();

    /// <summary>The label. A number far from all others is an outlier there, which is said; rows are not left out for it.</summary>
    public string? Label { get; init; }

    /// <summary>Words and numbers that stand for a missing value in every column.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Words and numbers that are values, though they look like missing ones.</summary>
    public IReadOnlyList<string> NotMissing { get; init; } = [];

    /// <summary>Columns of numbers, whatever words are among them.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>Columns of dates, also of eight digits.</summary>
    public IReadOnlyList<string> Dates { get; init; } = [];

    /// <summary>Whether the day comes first in dates; null: inferred.</summary>
    public bool? IsDayFirst { get; init; }

    /// <summary>Whether numbers have a decimal comma; null: inferred.</summary>
    public bool? IsDecimalComma { get; init; }
}
