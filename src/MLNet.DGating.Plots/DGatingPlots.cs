using MLNet.DGating.Plots.Charts;
using MLNet.DGating.Plots.Pictures;

namespace MLNet.DGating.Plots;

/// <summary>Pictures of what a training found out about features.</summary>
/// <example>
/// <code>
/// var path = mlContext.BinaryClassification.Trainers.DGating().FitPath(data);
/// DGatingPlots.Counts(path).SaveSvg("counts.svg");
/// DGatingPlots.ImportancePath(path).SaveSvg("path.svg");
/// </code>
/// </example>
public static class DGatingPlots
{
    /// <summary>Draws a bar for each feature, the most important first: how much the model uses it.</summary>
    /// <example>
    /// <code>
    /// var model = mlContext.BinaryClassification.Trainers.DGating().Fit(data);
    /// DGatingPlots.Importance(model.Model.FeatureSelection).SaveSvg("importance.svg");
    /// </code>
    /// </example>
    /// <param name="report">The model's selection: <c>transformer.Model.FeatureSelection</c>.</param>
    public static DGatingPlot Importance(FeatureSelectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(SelectionPicture.Importance(report).Draw());
    }

    /// <summary>Draws the importance of every feature along the path, until it leaves, and marks a count.</summary>
    /// <param name="path">The path.</param>
    /// <param name="featureCount">The count to mark, from 0 to all. Null: <see cref="DGatingPath.SparsestFeatureCount"/>.</param>
    /// <param name="axis">The horizontal axis. The default is the count.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not on the path.</exception>
    public static DGatingPlot ImportancePath(DGatingPath path, int? featureCount = null, PathAxis axis = PathAxis.FeatureCount)
    {
        ArgumentNullException.ThrowIfNull(path);
        int marked = featureCount ?? path.SparsestFeatureCount;
        if (marked < 0 || marked > path.Points[0].FeatureCount)
        {
            throw new ArgumentOutOfRangeException(nameof(featureCount), marked,
                $"The path goes from {path.Points[0].FeatureCount} features to {path.Points[^1].FeatureCount}. Mark a count on it.");
        }

        return new(PathPictures.Importance(path, marked, axis).Draw());
    }

    /// <summary>Draws how well models of each count of features predict held-out rows, with standard errors.</summary>
    /// <param name="path">The path.</param>
    /// <param name="measure">The measure to show. The default is the metric: accuracy or R².</param>
    /// <remarks>The best count is marked, and the sparsest that is as good within one standard error.</remarks>
    public static DGatingPlot Counts(DGatingPath path, PathMeasure measure = PathMeasure.Metric)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(PathPictures.Counts(path, measure).Draw());
    }

    /// <summary>Draws a bar for each feature: how often it is selected on halves of the rows.</summary>
    /// <param name="stability">The result of stability selection.</param>
    /// <param name="featureCount">
    /// The features that a run selects, at least 1. Null: <see cref="DGatingStability.SuggestedFeatureCount"/> of the threshold.
    /// </param>
    /// <param name="threshold">The frequency from which a feature is stable, above 0.5 and at most 1. The default is 0.75.</param>
    /// <remarks>The threshold is marked, and the text gives the bound on the number of features that reach it by chance.</remarks>
    public static DGatingPlot Stability(
        DGatingStability stability, int? featureCount = null, double threshold = DGatingStability.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(stability);
        int selected = featureCount ?? stability.SuggestedFeatureCount(threshold);
        return new(StabilityPicture.Frequencies(stability, selected, threshold).Draw());
    }

    /// <summary>Draws each feature's gate against the norm of its primary weights, over all iterations.</summary>
    /// <param name="dynamics">The recorded gates: <see cref="DGatingPath.GateDynamics"/>.</param>
    /// <remarks>The picture shows how the dense regime turns sparse.</remarks>
    public static DGatingPlot GatePortrait(GateDynamics dynamics)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        return new(GatePictures.Portrait(dynamics).Draw());
    }

    /// <summary>Draws each feature's gate over the iterations.</summary>
    /// <param name="dynamics">The recorded gates: <see cref="DGatingPath.GateDynamics"/>.</param>
    public static DGatingPlot Gates(GateDynamics dynamics)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        return new(GatePictures.Gates(dynamics).Draw());
    }

    /// <summary>Draws quality against cost, with a line for each method: accuracy against operations, for example.</summary>
    /// <param name="series">The methods with their results.</param>
    /// <param name="title">The heading.</param>
    /// <param name="subtitle">The explanation below it.</param>
    /// <param name="costTitle">The meaning of the horizontal axis.</param>
    /// <param name="qualityTitle">The meaning of the vertical axis.</param>
    /// <param name="logarithmicCost">Whether the horizontal axis is logarithmic; costs are above 0 then. The default is false.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost on a logarithmic axis is not above 0.</exception>
    public static DGatingPlot TradeOff(
        IReadOnlyList<TradeOffSeries> series, string title, string subtitle, string costTitle, string qualityTitle,
        bool logarithmicCost = false)
    {
        ArgumentNullException.ThrowIfNull(series);
        double least = series.SelectMany(each => each.Points).Select(point => point.Cost).DefaultIfEmpty(1).Min();
        if (logarithmicCost && least <= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(series), least, "A cost on a logarithmic axis must be above 0. Leave the point out, or take a linear axis.");
        }

        return new(new TradeOffChart
        {
            Title = title,
            Subtitle = subtitle,
            HorizontalTitle = costTitle,
            VerticalTitle = qualityTitle,
            HorizontalKind = logarithmicCost ? ScaleKind.Logarithmic : ScaleKind.Linear,
            Series = series,
        }.Draw());
    }
}
