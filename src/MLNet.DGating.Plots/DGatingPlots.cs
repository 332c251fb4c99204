using MLNet.DGating.Plots.Sources;

namespace MLNet.DGating.Plots;

/// <summary>Pictures of what a training found out about features.</summary>
public static class DGatingPlots
{
    /// <summary>How much a model uses each feature: a bar for each, the most important first.</summary>
    /// <param name="report">What the model selected: <c>transformer.Model.FeatureSelection</c>.</param>
    public static DGatingPlot Importance(FeatureSelectionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(ReportPicture.Importance(report).Draw());
    }

    /// <summary>The importance of every feature along the path, until it leaves; a count is marked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="featureCount">The count to mark, 0 to all. Null: <see cref="DGatingPath.SparsestFeatureCount"/>.</param>
    /// <param name="axis">What to draw against. The default is the count.</param>
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

    /// <summary>How well models of each count of features predict held-out rows, with standard errors; the best and the sparsest as good are marked.</summary>
    /// <param name="path">The path.</param>
    /// <param name="measure">What to show. The default is the metric: accuracy or R².</param>
    public static DGatingPlot Counts(DGatingPath path, PathMeasure measure = PathMeasure.Metric)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(PathPictures.Counts(path, measure).Draw());
    }

    /// <summary>How often each feature is selected on halves of the rows: a bar for each, the threshold, and the bound on those that reach it by chance.</summary>
    /// <param name="stability">Stability selection.</param>
    /// <param name="featureCount">Features that a run selects, at least 1. Null: <see cref="DGatingStability.SuggestedFeatureCount"/> of the threshold.</param>
    /// <param name="threshold">Above 0.5 and at most 1.</param>
    public static DGatingPlot Stability(DGatingStability stability, int? featureCount = null, double threshold = DGatingStability.DefaultThreshold)
    {
        ArgumentNullException.ThrowIfNull(stability);
        return new(StabilityPicture.Frequencies(stability, featureCount ?? stability.SuggestedFeatureCount(threshold), threshold).Draw());
    }

    /// <summary>Each feature's gate against the norm of its primary weights, over all iterations: the dense regime turning sparse.</summary>
    /// <param name="dynamics">Recorded gates: <see cref="DGatingPath.GateDynamics"/>.</param>
    public static DGatingPlot GatePortrait(GateDynamics dynamics)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        return new(GatePictures.Portrait(dynamics).Draw());
    }

    /// <summary>Each feature's gate over the iterations.</summary>
    /// <param name="dynamics">Recorded gates: <see cref="DGatingPath.GateDynamics"/>.</param>
    public static DGatingPlot Gates(GateDynamics dynamics)
    {
        ArgumentNullException.ThrowIfNull(dynamics);
        return new(GatePictures.Gates(dynamics).Draw());
    }
}
