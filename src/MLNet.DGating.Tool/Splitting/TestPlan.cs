namespace MLNet.DGating.Tool.Splitting;

/// <summary>How a model is tested, as asked for.</summary>
internal sealed record TestPlan
{
    /// <summary>The share of the rows that is held out where nothing else was asked for.</summary>
    public const double DefaultShare = 0.2;

    /// <summary>The fewest test rows for which a part is held out; of fewer rows all are tested on in turn.</summary>
    public const int FewestTestRows = 1000;

    /// <summary>The rows below which there are ten folds, so that models are trained on nearly all of them.</summary>
    private const int FewRows = 200;

    private const int Folds = 5, FoldsOfFewRows = 10;

    /// <summary>The share of the rows to hold out, 0 to 0.9; null where the rows decide.</summary>
    public double? Share { get; init; }

    /// <summary>The number of folds of a cross-validation, at least 2; 0 for none; null where the rows decide.</summary>
    public int? FoldCount { get; init; }

    /// <summary>The column by which the last rows are held out; null: none.</summary>
    public string? Time { get; init; }

    /// <summary>Returns the number of folds for rows; 0 where a part of them is held out.</summary>
    /// <param name="rows">The number of rows with a label.</param>
    public int FoldsFor(long rows) => FoldCount
        ?? (Share is not null || Time is not null || DefaultShare * rows >= FewestTestRows ? 0
            : rows < FewRows ? (int)Math.Min(rows, FoldsOfFewRows)
            : Folds);
}
