using MLNet.DGating.Model;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>A refitted network.</summary>
/// <param name="Shape">Its layers.</param>
/// <param name="State">Its parameters; the gates are all 1.</param>
/// <param name="TrainingLoss">Mean loss of its last iteration; that of the null model where there is no feature.</param>
/// <param name="HeldOutLosses">The loss of each held-out row.</param>
internal sealed record RefitResult(NetworkShape Shape, NetworkState State, double TrainingLoss, double[] HeldOutLosses)
{
    /// <summary>The bounded score of each held-out row.</summary>
    public double[] HeldOutBoundedLosses { get; init; } = [];

    /// <summary>The task's metric on the held-out rows; NaN where there are none.</summary>
    public double HeldOutMetric { get; init; } = double.NaN;

    /// <summary>Its standard error.</summary>
    public double HeldOutMetricError { get; init; } = double.NaN;
}
