namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Represents a candidate that was evaluated on held-out rows.</summary>
internal interface ICandidate
{
    /// <summary>The input noise of its path, a deviation.</summary>
    double Noise { get; }

    /// <summary>The number of groups kept.</summary>
    int Count { get; }

    /// <summary>The loss of each held-out row.</summary>
    double[] HeldOutLosses { get; }

    /// <summary>The bounded score of each held-out row: what candidates are compared by.</summary>
    double[] HeldOutBoundedLosses { get; }
}
