using System.Text.Json.Serialization;

namespace MLNet.DGating.Tool.Models;

/// <summary>A count of features that was judged on held-out rows.</summary>
internal sealed record Candidate(
    int FeatureCount,
    double Metric,
    double MetricStandardError,
    // The names under which models have been saved from the beginning.
    [property: JsonPropertyName("misfit")] double BoundedLoss,
    [property: JsonPropertyName("misfitStandardError")] double BoundedLossStandardError);
