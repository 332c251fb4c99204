namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>How the refit at a count did on held-out rows: means and their standard errors.</summary>
internal readonly record struct EvaluatedCount(int Count, double Loss, double LossError, double Metric, double MetricError, double BoundedLoss, double BoundedLossError);
