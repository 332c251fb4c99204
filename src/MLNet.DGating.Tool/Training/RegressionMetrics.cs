using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Training;

/// <summary>The metrics of predicted numbers.</summary>
internal static class RegressionMetrics
{
    /// <summary>Computes the metrics in two passes: deviations are taken from the mean before they are squared.</summary>
    public static Metric[] Of(IReadOnlyCollection<ScoredNumber> rows)
    {
        double weight = rows.Sum(row => row.Weight);
        double mean = rows.Sum(row => row.Weight * row.Label) / weight;
        double variance = rows.Sum(row => row.Weight * (row.Label - mean) * (row.Label - mean));
        double squared = rows.Sum(row => row.Weight * (row.Label - row.Score) * (row.Label - row.Score));
        double absolute = rows.Sum(row => row.Weight * Math.Abs(row.Label - row.Score));
        return
        [
            new("rSquared", 1 - squared / variance),
            new("rootMeanSquaredError", Math.Sqrt(squared / weight)),
            new("meanAbsoluteError", absolute / weight),
        ];
    }
}
