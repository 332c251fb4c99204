namespace MLNet.DGating.Tool.Input;

/// <summary>How a table is written.</summary>
/// <param name="IsParquet">Whether it is a parquet file; separator and header play no part then.</param>
/// <param name="Separator">What separates the cells of a row.</param>
/// <param name="HasHeader">Whether the first row has the columns' names.</param>
internal sealed record TableFormat(bool IsParquet, char Separator, bool HasHeader)
{
    public static TableFormat Parquet { get; } = new(true, ',', true);
}

/// <summary>What the user says of the format; the rest is detected.</summary>
/// <param name="Separator">Null: detected.</param>
/// <param name="HasHeader">Null: detected.</param>
internal sealed record TableHints(char? Separator = null, bool? HasHeader = null)
{
    public static TableHints None { get; } = new();
}
