namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>A candidate of a choice, evaluated on held-out rows.</summary>
internal interface ICandidate
{
    /// <summary>The input noise of its path.</summary>
    double Noise { get; }

    /// <summary>Groups kept.</summary>
    int Count { get; }

    /// <summary>The loss of each held-out row.</summary>
    double[] HeldOutLosses { get; }

    /// <summary>The bounded score of each held-out row: what candidates are compared by.</summary>
    double[] HeldOutBoundedLosses { get; }
}
