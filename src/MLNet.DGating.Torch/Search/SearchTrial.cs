using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating.Torch.Search;

/// <summary>Holds the trial of one candidate on one rung.</summary>
/// <param name="Candidate">The number of the candidate; 0 is the one that all others are compared with.</param>
/// <param name="Rung">The number of the rung, from 0; the last is the comparison of the finalists.</param>
/// <param name="Duration">The time of the fit and its evaluation.</param>
internal sealed record SearchTrial(int Candidate, int Rung, TimeSpan Duration) : ICandidate
{
    /// <summary>The result of the fit; null where training diverged.</summary>
    public FitResult? Fit { get; init; }

    public double[] HeldOutLosses { get; init; } = [];

    public double[] HeldOutBoundedLosses { get; init; } = [];

    /// <summary>The mean bounded loss on the rows of the evaluation; +∞ where training diverged.</summary>
    public double BoundedLoss { get; init; } = double.PositiveInfinity;

    /// <summary>The standard error of <see cref="BoundedLoss"/>; NaN where training diverged.</summary>
    public double BoundedLossError { get; init; } = double.NaN;

    /// <summary>The task's metric on the same rows; NaN where training diverged.</summary>
    public double Metric { get; init; } = double.NaN;

    /// <summary>The standard error of <see cref="Metric"/>; NaN where training diverged.</summary>
    public double MetricError { get; init; } = double.NaN;

    public double Noise => Fit?.InputNoise ?? 0;

    public int Count => Fit?.Groups.Length ?? 0;
}
