namespace MLNet.DGating.Tool.Columns;

/// <summary>The kind of values that a column holds.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>Two words such as true and false.</summary>
    Boolean,

    /// <summary>Words that repeat.</summary>
    Categorical,

    /// <summary>Dates, alone or with a time.</summary>
    Date,

    /// <summary>Words that hardly repeat: sentences, names, identifiers.</summary>
    Text,

    /// <summary>Missing values only.</summary>
    Empty,
}
