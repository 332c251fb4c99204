namespace MLNet.DGating.Tool.Columns;

/// <summary>A column as a pipeline reads it: numbers as Single or Double (NaN: missing), all else as String.</summary>
/// <param name="Name">The name in the pipeline.</param>
/// <param name="Kind">The type that it is read as.</param>
internal sealed record InputColumn(string Name, InputKind Kind)
{
    private readonly string? _source;

    /// <summary>The name in the table.</summary>
    public string Source
    {
        get => _source ?? Name;
        init => _source = value;
    }

    /// <summary>How cells are read.</summary>
    public CellFormat Cells { get; init; } = CellFormat.Plain;
}
