namespace MLNet.DGating.Tool.Models;

/// <summary>What the threshold of a probability is chosen by.</summary>
internal enum ThresholdKind
{
    /// <summary>It was given.</summary>
    Value,

    /// <summary>The largest F1 score.</summary>
    F1,

    /// <summary>The smallest cost of false alarms and misses.</summary>
    Cost,
}
