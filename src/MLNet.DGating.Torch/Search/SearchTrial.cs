using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating.Torch.Search;

/// <summary>One candidate on one rung.</summary>
/// <param name="Candidate">Its number; 0 is what all others are compared to.</param>
/// <param name="Rung">0, 1, …; the last is the comparison of the finalists.</param>
/// <param name="Fit">What it led to; null where training diverged.</param>
/// <param name="HeldOutLosses">The loss of each of the rows it was judged on.</param>
/// <param name="BoundedLoss">Their mean misfit; +∞ where training diverged.</param>
/// <param name="BoundedLossError">Its standard error.</param>
/// <param name="Metric">Accuracy or R² on the same rows.</param>
/// <param name="MetricError">Its standard error.</param>
/// <param name="Duration">Of the fit and its judgement.</param>
internal sealed record SearchTrial(
    int Candidate, int Rung, FitResult? Fit, double[] HeldOutLosses, double BoundedLoss, double BoundedLossError, double Metric, double MetricError, TimeSpan Duration) : ICandidate
{
    public double Noise => Fit?.InputNoise ?? 0;

    public int Count => Fit?.Groups.Length ?? 0;

    public static SearchTrial Diverged(int candidate, int rung, TimeSpan duration) => new(candidate, rung, null, [], double.PositiveInfinity, double.NaN, double.NaN, double.NaN, duration);
}
