namespace MLNet.DGating.Tool.Models;

/// <summary>The names of metrics for people.</summary>
internal static class MetricNames
{
    /// <summary>Returns "log loss (nats)" for logLoss.</summary>
    public static string Words(Metric metric) => (metric.Name switch
    {
        "rSquared" => "R²",
        "errorQuantile05" => "error, 5 % quantile",
        "errorQuantile25" => "error, 25 % quantile",
        "errorQuantile75" => "error, 75 % quantile",
        "errorQuantile95" => "error, 95 % quantile",
        "areaUnderRocCurve" => "area under ROC curve",
        "macroAreaUnderRocCurve" => "macro area under ROC curve",
        "macroF1Score" => "macro F1 score",
        "f1Score" => "F1 score",
        string name => string.Concat(name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")),
    }) + (metric.Unit is { } unit ? $" ({unit})" : "");
}
