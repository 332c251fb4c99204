using System.Text.Json.Serialization;

namespace MLNet.DGating.Tool.Tables;

/// <summary>The format of a table.</summary>
/// <param name="IsParquet">Whether it is a parquet file; all else has no meaning then.</param>
/// <param name="Separator">The character between the cells of a row.</param>
/// <param name="HasHeader">Whether the first row holds the names of the columns.</param>
internal sealed record TableFormat(bool IsParquet, char Separator, bool HasHeader)
{
    public static TableFormat Parquet { get; } = new(true, ',', true);

    /// <summary>The name of the encoding of the text, such as "utf-8" or "windows-1252".</summary>
    public string Charset { get; init; } = Charsets.Utf8;

    /// <summary>Whether the text begins with a byte order mark.</summary>
    public bool HasByteOrderMark { get; init; }

    /// <summary>Whether the first line is "sep=;", which Excel writes to name the separator.</summary>
    public bool HasSeparatorLine { get; init; }

    /// <summary>The character that begins a line which is a comment; null: there are none.</summary>
    public char? Comment { get; init; }

    /// <summary>The encoding of the text.</summary>
    [JsonIgnore]
    public System.Text.Encoding Encoding => Charsets.Encoding(Charset, HasByteOrderMark);
}
