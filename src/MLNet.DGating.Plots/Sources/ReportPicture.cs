using MLNet.DGating.Plots.Charts;

namespace MLNet.DGating.Plots.Sources;

/// <summary>From a model's selection to its chart.</summary>
internal static class ReportPicture
{
    public static BarChart Importance(FeatureSelectionReport report)
    {
        int selected = report.Features.Count(feature => feature.IsSelected);
        return new BarChart
        {
            Title = $"Importance of the features: {selected} of {report.Features.Count} selected",
            Subtitle = "The norm of all weights that leave a feature, features standardized. It says how much the model uses a feature; features that say the same share it, or stand for each other.",
            ValueTitle = "importance",
            Bars = [.. report.Features.OrderByDescending(feature => feature.LambdaOut).Select(feature => new Bar(feature.Name, feature.Importance, feature.IsSelected))],
        };
    }
}
