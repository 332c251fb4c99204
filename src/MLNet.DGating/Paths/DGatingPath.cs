using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>
/// The regularization path: one run from all features to none. It says what every count of features costs, ranks all of them, and
/// makes a model of any count. It holds the training rows, so that models can be refitted on demand.
/// </summary>
public abstract class DGatingPath
{
    private protected DGatingPath(IReadOnlyList<DGatingPathPoint> points, IReadOnlyList<DGatingPathCandidate> candidates, int best, int sparsest, IReadOnlyList<RankedFeature> ranking)
    {
        Points = points;
        Candidates = candidates;
        BestFeatureCount = best;
        SparsestFeatureCount = sparsest;
        Ranking = ranking;
    }

    /// <summary>One point for every count at which the path arrived, from all features to none (to those that always stay), before any refit.</summary>
    public IReadOnlyList<DGatingPathPoint> Points { get; }

    /// <summary>Counts from all to one that were refitted and judged on held-out rows, from many to few.</summary>
    public IReadOnlyList<DGatingPathCandidate> Candidates { get; }

    /// <summary>All features, the last to leave first; constant ones at the end.</summary>
    public IReadOnlyList<RankedFeature> Ranking { get; }

    /// <summary>The candidate that predicts held-out rows best.</summary>
    public int BestFeatureCount { get; }

    /// <summary>The smallest candidate within one standard error of the best: what <c>Fit</c> keeps.</summary>
    public int SparsestFeatureCount { get; }

    /// <summary>The selection at a count: so many features from the front of the ranking, at least those that always stay.</summary>
    /// <param name="featureCount">At least 0.</param>
    public IReadOnlyList<RankedFeature> SelectionAt(int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(featureCount);
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

    /// <summary>The candidates as a table, the best and the sparsest as good marked.</summary>
    public override string ToString() => PathTable.Format(this);

    /// <summary>A model of exactly so many features (of all, where fewer exist; of those that always stay, where more do), refitted on all training rows.</summary>
    /// <param name="featureCount">At least 1.</param>
    public ITransformer At(int featureCount) => TransformerAt(featureCount);

    private protected abstract ITransformer TransformerAt(int featureCount);
}
