namespace MLNet.DGating.Torch;

/// <summary>A refitted network.</summary>
/// <param name="Shape">Its layers.</param>
/// <param name="State">Its parameters; the gates are all 1.</param>
/// <param name="HeldOutLosses">The loss of each held-out row.</param>
internal sealed record RefitResult(NetworkShape Shape, NetworkState State, double[] HeldOutLosses);
