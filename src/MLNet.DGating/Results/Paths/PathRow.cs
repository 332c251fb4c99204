namespace MLNet.DGating;

/// <summary>Represents a row of <see cref="DGatingPath.ToDataView"/>, whose columns are the properties.</summary>
internal sealed class PathRow(DGatingPathPoint point)
{
    public double Lambda { get; } = point.Lambda;

    public int FeatureCount { get; } = point.FeatureCount;

    public double TrainingLoss { get; } = point.TrainingLoss;

    public double ValidationLoss { get; } = point.ValidationLoss;

    public double Metric { get; } = point.Metric;
}
