namespace MLNet.DGating.Tool.Columns;

/// <summary>The task that is learnt.</summary>
internal enum LearningTask
{
    /// <summary>Predict one of two words.</summary>
    Binary,

    /// <summary>Predict one of several words.</summary>
    Multiclass,

    /// <summary>Predict a number.</summary>
    Regression,
}
