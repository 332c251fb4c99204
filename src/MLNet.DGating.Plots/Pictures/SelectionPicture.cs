using MLNet.DGating.Plots.Charts;

namespace MLNet.DGating.Plots.Pictures;

/// <summary>The chart of a model's selection.</summary>
internal static class SelectionPicture
{
    public static BarChart Importance(FeatureSelectionReport report)
    {
        int selected = report.Features.Count(feature => feature.IsSelected);
        return new BarChart
        {
            Title = $"Importance of the features: {selected} of {report.Features.Count} selected",
            Subtitle = "The norm of all weights that leave a feature, features standardized. It says how much the model uses a feature; "
                + "features that say the same share it, or stand for each other.",
            ValueTitle = "importance",
            Bars = [.. report.Features.OrderByDescending(feature => feature.LambdaOut)
                .Select(feature => new Bar(feature.Name, feature.Importance, feature.IsSelected))],
        };
    }
}
