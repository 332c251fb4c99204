using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating.Torch.Search;

/// <summary>One candidate on one rung.</summary>
/// <param name="Candidate">Its number; 0 is what all others are compared to.</param>
/// <param name="Rung">0, 1, …; the last is the comparison of the finalists.</param>
/// <param name="Duration">Of the fit and its evaluation.</param>
internal sealed record SearchTrial(int Candidate, int Rung, TimeSpan Duration) : ICandidate
{
    /// <summary>What it led to; null where training diverged.</summary>
    public FitResult? Fit { get; init; }

    public double[] HeldOutLosses { get; init; } = [];

    public double[] HeldOutBoundedLosses { get; init; } = [];

    /// <summary>The mean bounded loss of the rows it was evaluated on; +∞ where training diverged.</summary>
    public double BoundedLoss { get; init; } = double.PositiveInfinity;

    /// <summary>Its standard error.</summary>
    public double BoundedLossError { get; init; } = double.NaN;

    /// <summary>The task's metric on the same rows.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>Its standard error.</summary>
    public double MetricError { get; init; } = double.NaN;

    public double Noise => Fit?.InputNoise ?? 0;

    public int Count => Fit?.Groups.Length ?? 0;
}
