namespace MLNet.DGating.Plots;

/// <summary>How the prediction depends on a feature, the others as they are in the rows.</summary>
/// <remarks>The partial dependence of Friedman 2001, §8.2.</remarks>
public sealed class ReportEffect
{
    /// <summary>The feature.</summary>
    public required string Feature { get; init; }

    /// <summary>What is predicted: "probability of yes".</summary>
    public required string Prediction { get; init; }

    /// <summary>Whether the numbers are what the feature adds to the score of an additive model, which may be negative.</summary>
    /// <value>The default is false: they are mean predictions.</value>
    public bool IsAdded { get; init; }

    /// <summary>The curves of a number, one for each class or a single one; empty for a category.</summary>
    public IReadOnlyList<ReportCurve> Curves { get; init; } = [];

    /// <summary>The categories, with the mean prediction of each or what each adds; empty for a number.</summary>
    public IReadOnlyList<(string Category, double Prediction)> Categories { get; init; } = [];
}
