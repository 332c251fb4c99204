namespace MLNet.DGating.Tool.Columns;

/// <summary>The type that a pipeline reads a column as.</summary>
internal enum InputKind
{
    /// <summary>Words, without spaces around them.</summary>
    Text,

    /// <summary>Dates, as text in the form of ISO 8601.</summary>
    Date,

    /// <summary>Numbers in single precision.</summary>
    Single,

    /// <summary>Numbers in double precision.</summary>
    Double,
}
