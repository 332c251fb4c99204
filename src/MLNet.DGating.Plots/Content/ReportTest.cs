namespace MLNet.DGating.Plots;

/// <summary>What rows that were not trained on say about a model.</summary>
public sealed class ReportTest
{
    /// <summary>The sentence that tells on which rows.</summary>
    public required string Summary { get; init; }

    /// <summary>The metrics.</summary>
    public IReadOnlyList<ReportMetric> Metrics { get; init; } = [];

    /// <summary>What the test cannot say, a sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The classes, in the order of <see cref="Confusion"/>; empty for numbers.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The number of rows of each class, by the class that was predicted; null for numbers.</summary>
    public IReadOnlyList<IReadOnlyList<long>>? Confusion { get; init; }

    /// <summary>The ROC curve of two classes: false positive rate and true positive rate.</summary>
    public IReadOnlyList<(double X, double Y)> Roc { get; init; } = [];

    /// <summary>The precision-recall curve of two classes: recall and precision.</summary>
    public IReadOnlyList<(double X, double Y)> PrecisionRecall { get; init; } = [];

    /// <summary>The calibration curve: mean predicted probability and frequency.</summary>
    public IReadOnlyList<(double X, double Y)> Calibration { get; init; } = [];

    /// <summary>Predicted and actual numbers, of some rows; empty for classes.</summary>
    public IReadOnlyList<(double X, double Y)> Predictions { get; init; } = [];

    /// <summary>The distribution of errors: the middle of each interval, and the number of rows in it; empty for classes.</summary>
    public IReadOnlyList<(double X, double Y)> Errors { get; init; } = [];
}
