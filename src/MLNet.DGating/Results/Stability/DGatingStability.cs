using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds the result of stability selection by complementary pairs, and makes models of the stable features.</summary>
/// <remarks>
/// <para>
/// The rows are halved repeatedly, a path is followed on each half, and a feature is stable if nearly all halves select it (Shah and
/// Samworth, "Variable selection with error control", 2013). The selections of a path are nested, so that the result has the frequencies
/// for every number of features. It holds the training rows, so that a model of the stable features can be trained.
/// </para>
/// <para>
/// A frequency is the share of the 2 × <see cref="Pairs"/> runs that have the feature among the first so many of their ranking. It shows
/// how surely the feature is selected again on other rows of the same kind, not how important it is: of two features with the same
/// information each may be selected by half of the runs.
/// </para>
/// <para>
/// The larger the number of features, the more of them reach a threshold, and the more by chance; <see cref="ExpectedFalseSelections"/>
/// bounds their number.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var stability = mlContext.BinaryClassification.Trainers.DGating().FitStability(data);
/// int count = stability.SuggestedFeatureCount();
/// foreach (StableFeature feature in stability.StableFeatures(count))
/// {
///     Console.WriteLine($"{feature.Name}: {feature.Frequency:p0}");
/// }
/// </code>
/// </example>
public abstract class DGatingStability
{
    private const string OverHalf = "The threshold must be above 0.5 and at most 1: what half of the runs do not select is not stable.";

    // The place of each feature in the ranking of each run, from 0; the largest integer for constant features.
    private readonly int[][] _places;
    private readonly int _ranked;

    private protected DGatingStability(IReadOnlyList<StabilityFeature> features, int[][] rankings)
    {
        Features = features;
        Pairs = rankings.Length / 2;
        _ranked = rankings[0].Length;
        _places = [.. features.Select(_ => Enumerable.Repeat(int.MaxValue, rankings.Length).ToArray())];
        for (int run = 0; run < rankings.Length; run++)
        {
            for (int place = 0; place < _ranked; place++)
            {
                _places[rankings[run][place]][run] = place;
            }
        }
    }

    /// <summary>The default threshold: 0.75. A feature that reaches it is selected by three quarters of the runs.</summary>
    public const double DefaultThreshold = 0.75;

    /// <summary>The number of complementary pairs; each has two runs.</summary>
    public int Pairs { get; }

    /// <summary>All features, ordered by index, including constant ones, whose frequency is always 0.</summary>
    public IReadOnlyList<StabilityFeature> Features { get; }

    /// <summary>Gives the share of the runs that select a feature, 0 to 1.</summary>
    /// <param name="feature">The index of the feature in <see cref="Features"/>.</param>
    /// <param name="featureCount">The number of features that a run selects, at least 1.</param>
    public double Frequency(int feature, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, Features.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        return (double)_places[feature].Count(place => place < featureCount) / _places[feature].Length;
    }

    /// <summary>Gives the frequency of each of <see cref="Features"/>.</summary>
    /// <param name="featureCount">The number of features that a run selects, at least 1.</param>
    public IReadOnlyList<double> FrequenciesAt(int featureCount) =>
        [.. Enumerable.Range(0, Features.Count).Select(feature => Frequency(feature, featureCount))];

    /// <summary>Gives a bound on the expected number of stable features that were selected by chance.</summary>
    /// <remarks>
    /// Meant are features that a run selects with a probability of at most θ = q/p, as if it drew q of the p features that vary at random.
    /// With B pairs and threshold τ the bound is C(τ, B) θ q. C is that of Theorem 2 of Shah and Samworth: 1 / (2 (2τ − 1 − 1/(2B))) up to
    /// τ = ¾ and 4 (1 − τ + 1/(2B)) / (1 + 1/B) above. It assumes that the share of pairs both of whose halves select such a feature has a
    /// unimodal distribution, which nearly always holds, and requires θ ≤ 1/√3 and τ not too near ½. Otherwise C is 1 / (2τ − 1): Theorem
    /// 1, the bound of Meinshausen and Bühlmann (2010), which assumes nothing of the distribution. <see cref="BoundAssumesUnimodality"/>
    /// tells which one it is. Both assume that the rows are independent draws.
    /// </remarks>
    /// <param name="featureCount">q, the number of features that a run selects, at least 1.</param>
    /// <param name="threshold">τ, above 0.5 and at most 1.</param>
    public double ExpectedFalseSelections(int featureCount, double threshold = DefaultThreshold) => Bound(featureCount, threshold).Expected;

    /// <summary>Tells whether <see cref="ExpectedFalseSelections"/> assumes a unimodal distribution.</summary>
    /// <param name="featureCount">The number of features that a run selects, at least 1.</param>
    /// <param name="threshold">The threshold τ, above 0.5 and at most 1.</param>
    public bool BoundAssumesUnimodality(int featureCount, double threshold = DefaultThreshold) =>
        Bound(featureCount, threshold).AssumesUnimodality;

    /// <summary>Gives the largest number of features with at most one expected false selection; 1 if there is none.</summary>
    /// <param name="threshold">The threshold τ, above 0.5 and at most 1.</param>
    public int SuggestedFeatureCount(double threshold = DefaultThreshold) =>
        Enumerable.Range(1, _ranked).LastOrDefault(count => ExpectedFalseSelections(count, threshold) <= 1, 1);

    /// <summary>Gives the features whose frequency reaches a threshold, the most frequent first.</summary>
    /// <param name="featureCount">
    /// The number of features that a run selects, at least 1; null for <see cref="SuggestedFeatureCount"/>.
    /// </param>
    /// <param name="threshold">The threshold τ, above 0.5 and at most 1.</param>
    public IReadOnlyList<StableFeature> StableFeatures(int? featureCount = null, double threshold = DefaultThreshold)
    {
        CheckThreshold(threshold);
        int count = featureCount ?? SuggestedFeatureCount(threshold);
        return
        [
            .. Features.Select(feature => new StableFeature(feature.Index, feature.Name, feature.Slots, Frequency(feature.Index, count)))
                .Where(feature => feature.Frequency >= threshold)
                .OrderByDescending(feature => feature.Frequency)
                .ThenBy(feature => feature.Index),
        ];
    }

    /// <summary>Formats the frequencies for the suggested number of features as a table.</summary>
    public override string ToString() => ToString(null);

    /// <summary>Formats the frequencies as a table in which stable features are marked, with the bound on false selections.</summary>
    /// <param name="featureCount">
    /// The number of features that a run selects, at least 1; null for <see cref="SuggestedFeatureCount"/>.
    /// </param>
    /// <param name="threshold">The threshold τ, above 0.5 and at most 1.</param>
    public string ToString(int? featureCount, double threshold = DefaultThreshold)
    {
        CheckThreshold(threshold);
        return StabilityTable.Format(this, featureCount ?? SuggestedFeatureCount(threshold), threshold);
    }

    /// <summary>Trains a model of exactly the stable features on all rows.</summary>
    /// <remarks>
    /// <see cref="FeatureSelectionReport.Frequency"/> of the model has the frequencies. The λ at which a feature left is the median over
    /// the runs.
    /// </remarks>
    /// <param name="featureCount">
    /// The number of features that a run selects, at least 1; null for <see cref="SuggestedFeatureCount"/>.
    /// </param>
    /// <param name="threshold">The threshold τ, above 0.5 and at most 1.</param>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="InvalidOperationException">No feature reaches the threshold.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public ITransformer ModelOf(
        int? featureCount = null, double threshold = DefaultThreshold, CancellationToken cancellationToken = default) =>
        Train(featureCount, threshold, cancellationToken);

    private protected abstract ITransformer Train(int? featureCount, double threshold, CancellationToken cancellationToken);

    private FalseSelectionBound Bound(int featureCount, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        CheckThreshold(threshold);
        return FalseSelectionBound.Of(Math.Min(featureCount, _ranked), _ranked, threshold, Pairs);
    }

    private static void CheckThreshold(double threshold)
    {
        if (!(threshold is > 0.5 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, OverHalf);
        }
    }
}
