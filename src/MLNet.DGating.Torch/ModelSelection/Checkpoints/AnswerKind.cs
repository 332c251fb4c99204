namespace MLNet.DGating.Torch.ModelSelection.Checkpoints;

/// <summary>Names what a network was asked.</summary>
internal enum AnswerKind : byte
{
    /// <summary>To train for an iteration.</summary>
    Train = 1,

    /// <summary>Whether its parameters are finite.</summary>
    IsFinite,

    /// <summary>For the measures of its groups.</summary>
    Measure,

    /// <summary>For its parameters.</summary>
    Capture,

    /// <summary>For its parameters before the last iteration.</summary>
    CaptureBefore,

    /// <summary>For the scores of rows.</summary>
    Score,
}
