using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Quality;

/// <summary>What rows that were not trained on say about a model.</summary>
internal sealed record TestResult
{
    /// <summary>The result where there are no test rows.</summary>
    public static TestResult None { get; } = new();

    /// <summary>The metrics; none if there are no rows, or all are of one of two classes.</summary>
    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>The number of rows.</summary>
    public long Rows { get; init; }

    /// <summary>The classes; none for numbers.</summary>
    public IReadOnlyList<ClassCount> Classes { get; init; } = [];

    /// <summary>The rows of each class by the predicted one; null for numbers.</summary>
    public long[][]? Confusion { get; init; }

    /// <summary>The threshold that was chosen; null where none was asked for.</summary>
    public ThresholdRule? Threshold { get; init; }

    /// <summary>The scored rows of two classes.</summary>
    public BinaryMetrics? Binary { get; init; }

    /// <summary>The scored rows of several classes.</summary>
    public MulticlassMetrics? Multiclass { get; init; }

    /// <summary>The scored rows of numbers.</summary>
    public IReadOnlyList<ScoredNumber> Numbers { get; init; } = [];
}
