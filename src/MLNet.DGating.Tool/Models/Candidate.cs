namespace MLNet.DGating.Tool.Models;

/// <summary>A count of features that was judged on held-out rows.</summary>
internal sealed record Candidate(
    int FeatureCount, double Metric, double MetricStandardError, double Misfit, double MisfitStandardError);
