namespace MLNet.DGating.Plots;

/// <summary>The measure by which the counts of a path are shown.</summary>
public enum PathMeasure
{
    /// <summary>Accuracy or R² on held-out rows: larger is better.</summary>
    Metric,

    /// <summary>Log-loss or squared error on held-out rows: smaller is better.</summary>
    Loss,

    /// <summary>The measure by which the count is chosen (<see cref="DGatingPathCandidate.BoundedLoss"/>): smaller is better.</summary>
    BoundedLoss,
}
