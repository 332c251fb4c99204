namespace MLNet.DGating.Tool.Tables;

/// <summary>The parts of a table's format that the user gives; the others are detected.</summary>
/// <param name="Separator">The character between the cells of a row; null: detected.</param>
/// <param name="HasHeader">Whether the first row holds the names of the columns; null: detected.</param>
/// <param name="Charset">The encoding of the text; null: detected.</param>
/// <param name="Comment">The character that begins a comment; null: there are no comments.</param>
internal sealed record TableHints(char? Separator = null, bool? HasHeader = null, string? Charset = null, char? Comment = null)
{
    public static TableHints None { get; } = new();

    /// <summary>Returns the hints for a table like the one that a model was trained on.</summary>
    /// <remarks>
    /// The separator may differ. A header is hard to detect, so it is expected where that table had one.
    /// </remarks>
    public TableHints Like(TableFormat trained) => this with
    {
        HasHeader = HasHeader ?? (trained.HasHeader ? true : null), Comment = Comment ?? trained.Comment,
    };
}
