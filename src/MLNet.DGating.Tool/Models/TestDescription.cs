namespace MLNet.DGating.Tool.Models;

/// <summary>How the rows of a test were chosen.</summary>
internal sealed record TestDescription(TestKind Kind)
{
    /// <summary>The number of folds; null where there were none.</summary>
    public int? Folds { get; init; }

    /// <summary>The folds that were tested; fewer than there are after Ctrl+C, or where one cannot be trained.</summary>
    public int? TestedFolds { get; init; }

    /// <summary>The column of times, or the other file.</summary>
    public string? Source { get; init; }

    /// <summary>The first time that was tested on.</summary>
    public string? From { get; init; }

    /// <summary>The column whose rows of one value stayed together.</summary>
    public string? Group { get; init; }
}
