namespace MLNet.DGating.Tool.Pipelines;

/// <summary>What is learnt.</summary>
internal enum LearningTask
{
    /// <summary>One of two words.</summary>
    Binary,

    /// <summary>One of several words.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}
