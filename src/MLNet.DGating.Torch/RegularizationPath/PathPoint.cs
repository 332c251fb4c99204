namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>The path where a count was first reached, in the network's own loss.</summary>
/// <param name="Lambda">λ there.</param>
/// <param name="Count">Groups still in.</param>
/// <param name="TrainingLoss">Of the iteration that arrived there.</param>
/// <param name="HeldOutLoss">Mean loss; NaN where no rows are held out.</param>
/// <param name="HeldOutMetric">The task's metric; NaN where no rows are held out.</param>
/// <param name="Norms">‖w_j‖ of every group, 0 for those that left; null unless they are recorded.</param>
internal readonly record struct PathPoint(
    double Lambda, int Count, double TrainingLoss, double HeldOutLoss, double HeldOutMetric, float[]? Norms)
{
    /// <summary>The point as users see it: losses in the units of a task.</summary>
    public DGatingPathPoint Report(Objective.Tasks.LearningTask task) => new()
    {
        Lambda = Lambda,
        FeatureCount = Count,
        TrainingLoss = task.ToReportedLoss(TrainingLoss),
        ValidationLoss = task.ToReportedLoss(HeldOutLoss),
        Metric = HeldOutMetric,
    };
}
