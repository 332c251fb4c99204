using System.Text.Json.Serialization;

namespace MLNet.DGating.Tool.Columns;

/// <summary>A column that a pipeline reads.</summary>
/// <param name="Name">The name.</param>
/// <param name="Index">The position in the file that the model was trained on.</param>
/// <param name="Kind">The kind of its cells.</param>
/// <param name="Encoding">The way in which it becomes features.</param>
/// <param name="Missing">The number of missing cells.</param>
internal sealed record ModelColumn(string Name, int Index, ColumnKind Kind, ColumnEncoding Encoding, long Missing)
{
    /// <summary>How cells are read.</summary>
    public CellFormat Cells { get; init; } = CellFormat.Plain;

    /// <summary>The values of a category that the table had; null where they are not kept.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether the mean of the label in the rows of each value is a feature, too.</summary>
    public bool HasTargetMean { get; init; }

    [JsonIgnore]
    public InputColumn Input => new(Name, Encoding switch
    {
        ColumnEncoding.Number => Cells.IsDouble ? InputKind.Double : InputKind.Single,
        ColumnEncoding.Date => InputKind.Date,
        _ => InputKind.Text,
    })
    {
        Cells = Cells,
    };
}
