using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>A refitted network.</summary>
/// <param name="Shape">Its layers.</param>
/// <param name="State">Its parameters; the gates are all 1.</param>
/// <param name="TrainingLoss">Mean loss of its last iteration; that of the best constant where there is no feature.</param>
/// <param name="HeldOutLosses">The loss of each held-out row.</param>
/// <param name="HeldOutMetric">Accuracy or R² on the held-out rows; NaN where there are none.</param>
/// <param name="HeldOutMetricError">Its standard error.</param>
internal sealed record RefitResult(
    NetworkShape Shape, NetworkState State, double TrainingLoss, double[] HeldOutLosses, double HeldOutMetric = double.NaN, double HeldOutMetricError = double.NaN);
