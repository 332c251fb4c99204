using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds a regularization path from all features to none, and makes models of any number of features.</summary>
/// <remarks>
/// The path shows the loss at every number of features, and ranks all features. It holds the training rows, so that models can be refitted
/// on demand.
/// </remarks>
/// <example>
/// <code>
/// var path = mlContext.BinaryClassification.Trainers.DGating().FitPath(data);
/// foreach (RankedFeature feature in path.SelectionAt(path.SparsestFeatureCount))
/// {
///     Console.WriteLine(feature.Name);
/// }
///
/// var three = path.At(3);
/// var several = path.Refit([5, 10, 20]);
/// </code>
/// </example>
public abstract class DGatingPath
{
    private readonly PathData _data;

    private protected DGatingPath(PathData data) => _data = data;

    /// <summary>The points of the path before any refit, one for each number of features that was left, descending.</summary>
    /// <remarks>
    /// They go from all features to none, or to those that are always kept. With very many slots for each row they begin with the features
    /// that entered (<see cref="DGatingTrainerOptions.ScreenedFeatureCount"/>); the others are in no selection, and their λ out is 0.
    /// </remarks>
    public IReadOnlyList<DGatingPathPoint> Points => _data.Points;

    /// <summary>The numbers of features that were refitted and evaluated on held-out rows, descending from all to none.</summary>
    /// <remarks>Without features the model is a constant. The list is empty if the path was cancelled before any was evaluated.</remarks>
    public IReadOnlyList<DGatingPathCandidate> Candidates => _data.Candidates;

    /// <summary>All features, the last to leave first, with constant features at the end.</summary>
    public IReadOnlyList<RankedFeature> Ranking => _data.Ranking;

    /// <summary>The number of features of the candidate with the least bounded loss on held-out rows.</summary>
    /// <remarks>
    /// If the path was cancelled before any candidate was evaluated, it is that of the point with the least validation loss.
    /// </remarks>
    public int BestFeatureCount => _data.BestFeatureCount;

    /// <summary>The smallest number of features as good as the best within one standard error.</summary>
    /// <remarks><c>Fit</c> keeps as many, but for a step where it dropped candidates early.</remarks>
    public int SparsestFeatureCount => _data.SparsestFeatureCount;

    /// <summary>Whether held-out rows show that the best candidate predicts the label better than a constant does.</summary>
    /// <remarks>
    /// Its mean bounded loss must be less by more than two standard errors. Otherwise the sparsest candidate has no features.
    /// </remarks>
    public bool IsBetterThanConstant => _data.IsBetterThanConstant;

    /// <summary>The explanation, in a sentence or two, of how the candidates were evaluated and the best and sparsest chosen.</summary>
    public string Judging => _data.Judging;

    /// <summary>Whether the path was followed to its end; false if it was cancelled before and has only its first points.</summary>
    public bool IsComplete => _data.IsComplete;

    /// <summary>The name of <see cref="DGatingPathPoint.Metric"/>: "accuracy" or "R²".</summary>
    public string MetricName => _data.MetricName;

    /// <summary>The name of the losses: "log-loss" (in nats) or "squared error" (in the label's unit).</summary>
    public string LossName => _data.LossName;

    /// <summary>The gates after every iteration; null unless <see cref="DGatingTrainerOptions.RecordGateDynamics"/> was set.</summary>
    public GateDynamics? GateDynamics => _data.GateDynamics;

    /// <summary>Gives the selection of a number of features: the first of the ranking, but at least those that are always kept.</summary>
    /// <param name="featureCount">At least 0; if the path was cancelled, at least the number of features of its last point.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below its minimum.</exception>
    public IReadOnlyList<RankedFeature> SelectionAt(int featureCount)
    {
        CheckFollowed(featureCount, minimum: 0);
        return [.. Ranking.Where(feature => feature.LambdaOut > 0).Take(Math.Max(featureCount, Points[^1].FeatureCount))];
    }

    /// <summary>Gives the number of features that are left at λ.</summary>
    /// <param name="lambda">λ, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">λ is negative or NaN.</exception>
    public int FeatureCountAt(double lambda)
    {
        if (!(lambda >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ must be at least 0.");
        }

        return Points.Last(point => point.Lambda <= lambda).FeatureCount;
    }

    /// <summary>Gives the importance of each feature at a point of the path, by the feature's index.</summary>
    /// <remarks>
    /// The importance is the norm of the feature's weights on standardized features. It is 0 for features that have left or are constant.
    /// </remarks>
    /// <param name="point">The index of a point in <see cref="Points"/>.</param>
    public IReadOnlyList<float> Importance(int point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(point, Points.Count);
        return _data.Importance[point];
    }

    /// <summary>Formats the candidates as a table in which the best and the sparsest are marked, with <see cref="Judging"/>.</summary>
    public override string ToString() => PathTable.Format(this);

    /// <summary>Gives the points as data.</summary>
    /// <remarks>The columns are Lambda (Double), FeatureCount (Int32), TrainingLoss, ValidationLoss and Metric (Double).</remarks>
    /// <param name="mlContext">The context to create the data view with.</param>
    public IDataView ToDataView(MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return mlContext.Data.LoadFromEnumerable(Points.Select(point => new PathRow(point)));
    }

    /// <summary>Gives a model of exactly so many features, refitted on all training rows.</summary>
    /// <remarks>It has all features where fewer exist, and those that are always kept where there are more of them.</remarks>
    /// <param name="featureCount">
    /// At least 0, for a constant; if the path was cancelled, at least the number of features of its last point.
    /// </param>
    /// <param name="cancellationToken">Cancels the refit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below its minimum.</exception>
    /// <exception cref="OperationCanceledException">
    /// The refit was cancelled, or the path was before it had kept a network of so many features.
    /// </exception>
    public ITransformer At(int featureCount, CancellationToken cancellationToken = default) =>
        TransformerAt(featureCount, cancellationToken);

    private protected abstract ITransformer TransformerAt(int featureCount, CancellationToken cancellationToken);

    private protected void CheckFollowed(int featureCount, int minimum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, minimum);
        if (!IsComplete && featureCount < Points[^1].FeatureCount)
        {
            throw new ArgumentOutOfRangeException(nameof(featureCount), featureCount,
                $"The path was cancelled at {Points[^1].FeatureCount} features. Ask for at least so many, or follow the path to its end.");
        }
    }
}
