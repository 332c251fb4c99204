using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>The regularization path: one run from all features to none.</summary>
/// <remarks>
/// It says what every count of features costs, ranks all of them, and makes a model of any count. It holds the training rows, so that
/// models can be refitted on demand.
/// </remarks>
public abstract class DGatingPath
{
    private readonly PathData _data;

    private protected DGatingPath(PathData data) => _data = data;

    /// <summary>
    /// One point for every count at which the path arrived, from all features to none (to those that always stay), before any refit.
    /// </summary>
    public IReadOnlyList<DGatingPathPoint> Points => _data.Points;

    /// <summary>Counts from all to one that were refitted and judged on held-out rows, from many to few.</summary>
    /// <remarks>Empty where the path was cancelled before.</remarks>
    public IReadOnlyList<DGatingPathCandidate> Candidates => _data.Candidates;

    /// <summary>All features, the last to leave first; constant ones at the end.</summary>
    public IReadOnlyList<RankedFeature> Ranking => _data.Ranking;

    /// <summary>The candidate of least bounded loss on held-out rows.</summary>
    /// <remarks>Where the path was cancelled before any was judged, the point of least validation loss.</remarks>
    public int BestFeatureCount => _data.BestFeatureCount;

    /// <summary>The smallest candidate within one standard error of the best: what <c>Fit</c> keeps.</summary>
    public int SparsestFeatureCount => _data.SparsestFeatureCount;

    /// <summary>
    /// How the candidates were judged, and by which rule the best and the sparsest of them are chosen, in a sentence or two.
    /// </summary>
    public string Judging => _data.Judging;

    /// <summary>Whether the path was followed to its end.</summary>
    /// <remarks>False where it was cancelled on the way: it then holds what there was of it.</remarks>
    public bool IsComplete => _data.IsComplete;

    /// <summary>What <see cref="DGatingPathPoint.Metric"/> is: "accuracy" or "R²".</summary>
    public string MetricName => _data.MetricName;

    /// <summary>What the losses are: "log-loss" (nats) or "squared error" (in the label's unit).</summary>
    public string LossName => _data.LossName;

    /// <summary>Every feature's gate on the way; null unless <see cref="DGatingTrainerOptions.RecordGateDynamics"/> was set.</summary>
    public GateDynamics? GateDynamics => _data.GateDynamics;

    /// <summary>The selection at a count: so many features from the front of the ranking, at least those that always stay.</summary>
    /// <param name="featureCount">At least 0; where the path was cancelled, at least the smallest count it reached.</param>
    public IReadOnlyList<RankedFeature> SelectionAt(int featureCount)
    {
        CheckReached(featureCount, minimum: 0);
        return [.. Ranking.Where(feature => feature.LambdaOut > 0).Take(Math.Max(featureCount, Points[^1].FeatureCount))];
    }

    /// <summary>How many features are still in at λ.</summary>
    /// <param name="lambda">At least 0.</param>
    public int FeatureCountAt(double lambda)
    {
        if (!(lambda >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ must be at least 0.");
        }

        return Points.Last(point => point.Lambda <= lambda).FeatureCount;
    }

    /// <summary>
    /// The importance of each feature at a point of the path: the norm of its weights on standardized features, by the feature's index; 0
    /// where it has left or is constant.
    /// </summary>
    /// <param name="point">Index of one of <see cref="Points"/>.</param>
    public IReadOnlyList<float> Importance(int point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Points.Count);
        return _data.Importance[point];
    }

    /// <summary>The candidates as a table, the best and the sparsest as good marked, and how they were judged.</summary>
    public override string ToString() => PathTable.Format(this);

    /// <summary>The points as data: Lambda (Double), FeatureCount (Int32), TrainingLoss, ValidationLoss and Metric (Double).</summary>
    /// <param name="mlContext">The context to create the data view with.</param>
    public IDataView ToDataView(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return mlContext.Data.LoadFromEnumerable(Points.Select(point => new PathRow(point)));
    }

    /// <summary>
    /// A model of exactly so many features (of all, where fewer exist; of those that always stay, where more do), refitted on all training
    /// rows.
    /// </summary>
    /// <param name="featureCount">At least 1; where the path was cancelled, at least the smallest count it reached.</param>
    /// <param name="cancellationToken">Stops the refit.</param>
    public ITransformer At(int featureCount, CancellationToken cancellationToken = default) => TransformerAt(featureCount, cancellationToken);

    private protected abstract ITransformer TransformerAt(int featureCount, CancellationToken cancellationToken);

    private protected void CheckReached(int featureCount, int minimum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, minimum);
        if (!IsComplete && featureCount < Points[^1].FeatureCount)
        {
            throw new ArgumentOutOfRangeException(nameof(featureCount), featureCount,
                $"The path was cancelled at {Points[^1].FeatureCount} features. Ask for at least so many, or follow the path to its end.");
        }
    }
}
