namespace MLNet.DGating.Torch;

/// <summary>How the refit at a count did on held-out rows: means and their standard errors.</summary>
internal readonly record struct JudgedCount(int Count, double Loss, double LossError, double Metric, double MetricError, double Misfit, double MisfitError);
