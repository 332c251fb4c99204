using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Stability selection by complementary pairs (Shah and Samworth, "Variable selection with error control", 2013).</summary>
/// <remarks>
/// <para>
/// The rows are halved again and again, each half is followed down the path, and a feature is believed if nearly all halves select it.
/// Every count can be asked for: the selections of a run are nested, so that one run gives them all. It holds the training rows, so that a
/// model of the stable features can be trained.
/// </para>
/// <para>
/// A frequency is the share of the 2 × <see cref="Pairs"/> runs in which the feature is among the first so many. It says how surely the
/// feature is selected again on other rows of the same kind, not how much it matters: of two features that say the same, each may be
/// selected half of the time.
/// </para>
/// <para>
/// The larger the count, the more features reach a threshold, and the more of them by chance; <see cref="ExpectedFalseSelections"/> bounds
/// these.
/// </para>
/// </remarks>
public abstract class DGatingStability
{
    private const string OverHalf = "The threshold must be above 0.5 and at most 1: what half of the runs do not select is not stable.";

    // The place of each feature in the ranking of each run, from 0; of a constant feature, behind every count.
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

    /// <summary>The threshold where none is given: 0.75. Of a feature that reaches it, three quarters of the runs agree.</summary>
    public const double DefaultThreshold = 0.75;

    /// <summary>How often the rows were halved; two runs each.</summary>
    public int Pairs { get; }

    /// <summary>All features, at their index; constant ones, whose frequency is always 0, among them.</summary>
    public IReadOnlyList<StabilityFeature> Features { get; }

    /// <summary>The share of the runs in which a feature is among the first so many to stay, 0 to 1.</summary>
    /// <param name="feature">Its index among <see cref="Features"/>.</param>
    /// <param name="featureCount">Features that a run selects, at least 1.</param>
    public double Frequency(int feature, int featureCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, Features.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        return (double)_places[feature].Count(place => place < featureCount) / _places[feature].Length;
    }

    /// <summary>The frequency of each of <see cref="Features"/> at a count.</summary>
    /// <param name="featureCount">Features that a run selects, at least 1.</param>
    public IReadOnlyList<double> FrequenciesAt(int featureCount) => [.. Enumerable.Range(0, Features.Count).Select(feature => Frequency(feature, featureCount))];

    /// <summary>
    /// A bound on the expected number of stable features that were selected by chance: those that a run selects with a probability of at
    /// most θ = q/p, as if it drew q of the p features that vary blindly.
    /// </summary>
    /// <remarks>
    /// With B pairs and threshold τ the bound is C(τ, B) θ q. C is that of Theorem 2 of Shah and Samworth: 1 / (2 (2τ − 1 − 1/(2B))) up to
    /// τ = ¾ and 4 (1 − τ + 1/(2B)) / (1 + 1/B) above. It assumes that the share of pairs both of whose halves select such a feature has a
    /// unimodal distribution, which nearly always holds, and needs θ ≤ 1/√3 and τ not too near ½. Where these fail, C is 1 / (2τ − 1):
    /// Theorem 1, the bound of Meinshausen and Bühlmann (2010), which assumes nothing of the distribution.
    /// <see cref="BoundAssumesUnimodality"/> says which it is. Both take the rows to be independent draws.
    /// </remarks>
    /// <param name="featureCount">q, features that a run selects: at least 1.</param>
    /// <param name="threshold">τ, above 0.5 and at most 1.</param>
    public double ExpectedFalseSelections(int featureCount, double threshold = DefaultThreshold) => Bound(featureCount, threshold).Expected;

    /// <summary>
    /// Whether <see cref="ExpectedFalseSelections"/> rests on the assumption of a unimodal distribution there; else it holds without.
    /// </summary>
    /// <param name="featureCount">Features that a run selects, at least 1.</param>
    /// <param name="threshold">Above 0.5 and at most 1.</param>
    public bool BoundAssumesUnimodality(int featureCount, double threshold = DefaultThreshold) => Bound(featureCount, threshold).AssumesUnimodality;

    /// <summary>The largest count at which at most one false selection is expected; 1 where there is none.</summary>
    /// <param name="threshold">Above 0.5 and at most 1.</param>
    public int SuggestedFeatureCount(double threshold = DefaultThreshold) =>
        Enumerable.Range(1, _ranked).LastOrDefault(count => ExpectedFalseSelections(count, threshold) <= 1, 1);

    /// <summary>The features whose frequency reaches a threshold, the most frequent first.</summary>
    /// <param name="featureCount">
    /// Features that a run selects, at least 1. Null: <see cref="SuggestedFeatureCount"/> of the threshold.
    /// </param>
    /// <param name="threshold">Above 0.5 and at most 1.</param>
    public IReadOnlyList<StableFeature> StableFeatures(int? featureCount = null, double threshold = DefaultThreshold)
    {
        CheckThreshold(threshold);
        int count = featureCount ?? SuggestedFeatureCount(threshold);
        return [.. Features.Select(feature => new StableFeature(feature.Index, feature.Name, feature.Slots, Frequency(feature.Index, count)))
            .Where(feature => feature.Frequency >= threshold).OrderByDescending(feature => feature.Frequency).ThenBy(feature => feature.Index)];
    }

    /// <summary>The frequencies at the suggested count as a table, with the stable features marked and the bound on false ones.</summary>
    public override string ToString() => ToString(null);

    /// <summary>The frequencies at a count as a table, with the stable features marked and the bound on false ones.</summary>
    /// <param name="featureCount">
    /// Features that a run selects, at least 1. Null: <see cref="SuggestedFeatureCount"/> of the threshold.
    /// </param>
    /// <param name="threshold">Above 0.5 and at most 1.</param>
    public string ToString(int? featureCount, double threshold = DefaultThreshold)
    {
        CheckThreshold(threshold);
        return StabilityTable.Format(this, featureCount ?? SuggestedFeatureCount(threshold), threshold);
    }

    /// <summary>A model of exactly the stable features, trained on all rows.</summary>
    /// <remarks>
    /// Its <see cref="FeatureSelectionReport.Frequency"/> has the frequencies, and a feature's λ is the median of those at which it left
    /// the runs.
    /// </remarks>
    /// <param name="featureCount">
    /// Features that a run selects, at least 1. Null: <see cref="SuggestedFeatureCount"/> of the threshold.
    /// </param>
    /// <param name="threshold">Above 0.5 and at most 1.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="InvalidOperationException">No feature reaches the threshold.</exception>
    public ITransformer ModelOf(int? featureCount = null, double threshold = DefaultThreshold, CancellationToken cancellationToken = default) =>
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
