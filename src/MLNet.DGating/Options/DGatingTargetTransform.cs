namespace MLNet.DGating;

/// <summary>Names the transforms of skewed labels, such as prices, before a squared error is minimized.</summary>
public enum DGatingTargetTransform
{
    /// <summary>Labels are learned as they are.</summary>
    None,

    /// <summary>Logarithms of labels are learned. The score is the mean of the label, at least 0.</summary>
    Log,

    /// <summary>
    /// Logarithms are learned where all labels are at least 0 and skewed, and where that has the smaller squared error on held-out rows.
    /// </summary>
    Auto,
}
