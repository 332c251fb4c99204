namespace MLNet.DGating.Tool.Input;

/// <summary>What the cells of a column are.</summary>
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

    /// <summary>Nothing but missing values.</summary>
    Empty,
}
