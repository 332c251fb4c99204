namespace MLNet.DGating.Plots;

/// <summary>By what the counts of a path are shown.</summary>
public enum PathMeasure
{
    /// <summary>Accuracy or R² on held-out rows: larger is better.</summary>
    Metric,

    /// <summary>Log-loss or squared error on held-out rows: smaller is better.</summary>
    Loss,

    /// <summary>What the counts are chosen by (<see cref="DGatingPathCandidate.BoundedLoss"/>): smaller is better.</summary>
    BoundedLoss,
}
