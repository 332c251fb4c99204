namespace MLNet.DGating.Tool.Models;

/// <summary>The way in which the rows of a test are chosen.</summary>
internal enum TestKind
{
    /// <summary>A part of the rows, with the same mix of labels as the others.</summary>
    HeldOut,

    /// <summary>All rows in turn, each predicted by a model that was not trained on it.</summary>
    Folds,

    /// <summary>The last rows by a column.</summary>
    Time,

    /// <summary>The rows of another file.</summary>
    File,
}
