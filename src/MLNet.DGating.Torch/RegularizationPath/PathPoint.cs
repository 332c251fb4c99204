namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Holds a point of the path at which groups have left, with losses in the network's own unit.</summary>
/// <param name="Lambda">λ of the iteration in which they left; 0 for the point before the first λ.</param>
/// <param name="Count">The number of active groups.</param>
/// <param name="TrainingLoss">The mean training loss of that iteration.</param>
/// <param name="HeldOutLoss">The mean loss on the held-out rows; NaN where there are none.</param>
/// <param name="HeldOutMetric">The task's metric on the held-out rows; NaN where there are none.</param>
/// <param name="Norms">‖w_j‖ of all groups, 0 for those that have left; null unless norms are recorded.</param>
internal readonly record struct PathPoint(
    double Lambda, int Count, double TrainingLoss, double HeldOutLoss, double HeldOutMetric, float[]? Norms)
{
    /// <summary>Converts the point to what users read, with losses in the unit of a task.</summary>
    public DGatingPathPoint Report(Objective.Tasks.LearningTask task) => new()
    {
        Lambda = Lambda,
        FeatureCount = Count,
        TrainingLoss = task.ToReportedLoss(TrainingLoss),
        ValidationLoss = task.ToReportedLoss(HeldOutLoss),
        Metric = HeldOutMetric,
    };
}
