namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>The path where a count was first reached. Losses are per row; what is of held-out rows is NaN where nothing is held out.</summary>
/// <param name="Lambda">λ there.</param>
/// <param name="Count">Groups still in.</param>
/// <param name="TrainingLoss">Of the iteration that arrived there.</param>
/// <param name="HeldOutLoss">Mean loss.</param>
/// <param name="HeldOutMetric">Accuracy or R².</param>
/// <param name="Norms">‖w_j‖ of every group, 0 for those that left; null unless the settings ask for it.</param>
internal readonly record struct PathPoint(double Lambda, int Count, double TrainingLoss, double HeldOutLoss, double HeldOutMetric, float[]? Norms);
