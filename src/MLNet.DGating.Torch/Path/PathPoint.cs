namespace MLNet.DGating.Torch;

/// <summary>The path where a count was first reached. Losses are per row; the held-out one is NaN where nothing is held out.</summary>
internal readonly record struct PathPoint(double Lambda, int Count, double TrainingLoss, double HeldOutLoss);
