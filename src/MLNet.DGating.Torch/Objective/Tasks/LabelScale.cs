namespace MLNet.DGating.Torch.Objective.Tasks;

/// <summary>Names the statistics by which labels are scaled to targets.</summary>
internal enum LabelScale
{
    /// <summary>Mean and standard deviation, for squared errors.</summary>
    Standardized,

    /// <summary>Median and mean distance from it, for distances: few labels far away hardly change them.</summary>
    Robust,

    /// <summary>Division by the mean, for labels of at least 0 whose logarithmic mean is predicted.</summary>
    Positive,

    /// <summary>Mean and standard deviation of the logarithm, for skewed labels of at least 0.</summary>
    Logarithmic,
}
