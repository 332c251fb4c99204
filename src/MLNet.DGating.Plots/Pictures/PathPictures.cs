using MLNet.DGating.Plots.Charts;

namespace MLNet.DGating.Plots.Pictures;

/// <summary>The charts of a path.</summary>
internal static class PathPictures
{
    public static CurveChart Importance(DGatingPath path, int marked, PathAxis axis)
    {
        DGatingPathPoint[] points = [.. path.Points];
        float[][] importance = [.. points.Select((_, point) => path.Importance(point).ToArray())];
        bool byLambda = axis == PathAxis.Lambda;
        double[] x = byLambda ? OnLogarithm(points) : [.. points.Select(point => (double)point.FeatureCount)];
        string lines = path.IsComplete
            ? "Lines end with a dot where the feature left; numbers are ranks, 1 for the last to leave."
            : "The path was cancelled: features at its end had not left yet.";
        return new CurveChart
        {
            Title = "Importance of the features along the path",
            Subtitle = "Each line is a feature: the norm of its weights (features standardized) while λ grows and features leave, "
                + "before any refit. " + lines,
            HorizontalTitle = byLambda ? "sparsity regularization λ" : CountAxis.Title,
            VerticalTitle = "importance",
            HorizontalKind = byLambda ? ScaleKind.Logarithmic : CountAxis.Kind(points[0].FeatureCount),
            Descending = !byLambda,
            X = x,
            Curves = [.. path.Ranking.Select(feature => new Curve(
                feature.Name, [.. importance.Select(values => (double)values[feature.Index])]))],
            Markers = [new(byLambda ? x[FirstWithAtMost(points, marked)] : marked, $"chosen: {marked}")],
        };
    }

    public static CountChart Counts(DGatingPath path, PathMeasure measure)
    {
        string name = measure switch
        {
            PathMeasure.Metric => path.MetricName,
            PathMeasure.Loss => path.LossName,
            _ => "bounded loss",
        };
        return new CountChart
        {
            Title = $"What each count of features costs: {name} on held-out rows",
            Subtitle = "Models refitted with so many features; bars are standard errors. " + (measure == PathMeasure.BoundedLoss
                ? "The bounded loss decides. " + path.Judging
                : "The choice is made by the bounded loss, not by this."),
            Measure = name,
            Counts = [.. path.Candidates.Select(candidate => Judged(candidate, measure))],
            Best = path.BestFeatureCount,
            Sparsest = path.SparsestFeatureCount,
        };
    }

    private static JudgedCount Judged(DGatingPathCandidate candidate, PathMeasure measure) => measure switch
    {
        PathMeasure.Metric => new(candidate.FeatureCount, candidate.Metric, candidate.MetricStandardError),
        PathMeasure.Loss => new(candidate.FeatureCount, candidate.ValidationLoss, candidate.ValidationLossStandardError),
        _ => new(candidate.FeatureCount, candidate.BoundedLoss, candidate.BoundedLossStandardError),
    };

    // λ begins at 0, which has no logarithm: it is drawn as far before the first positive λ as that one is before the next.
    private static double[] OnLogarithm(DGatingPathPoint[] points)
    {
        double[] positive = [.. points.Select(point => point.Lambda).Where(lambda => lambda > 0).Take(2)];
        double zero = positive.Length == 0 ? 1 : positive[0] * positive[0] / (positive.Length > 1 ? positive[1] : 2 * positive[0]);
        return [.. points.Select(point => point.Lambda > 0 ? point.Lambda : zero)];
    }

    private static int FirstWithAtMost(DGatingPathPoint[] points, int count)
    {
        int index = Array.FindIndex(points, point => point.FeatureCount <= count);
        return index < 0 ? points.Length - 1 : index;
    }
}
