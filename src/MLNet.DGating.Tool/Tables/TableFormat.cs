namespace MLNet.DGating.Tool.Tables;

/// <summary>The format of a table.</summary>
/// <param name="IsParquet">Whether it is a parquet file; separator and header have no meaning then.</param>
/// <param name="Separator">The character between the cells of a row.</param>
/// <param name="HasHeader">Whether the first row holds the names of the columns.</param>
internal sealed record TableFormat(bool IsParquet, char Separator, bool HasHeader)
{
    public static TableFormat Parquet { get; } = new(true, ',', true);
}
