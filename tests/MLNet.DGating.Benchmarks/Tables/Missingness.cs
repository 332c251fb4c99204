namespace MLNet.DGating.Benchmarks;

/// <summary>Says which numbers of a table are missing.</summary>
internal enum Missingness
{
    /// <summary>A fifth of all numbers, whatever they and the label are.</summary>
    Random,

    /// <summary>A number above the median of its column with probability 0.4, others with 0.05.</summary>
    High,

    /// <summary>In every second column, with probability 0.4 where the label is above its median or 1, else with 0.1.</summary>
    Label,
}
