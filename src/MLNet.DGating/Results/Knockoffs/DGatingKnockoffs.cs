using System.Globalization;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Holds a selection with a bounded false discovery rate, and makes models of the selected features.</summary>
/// <remarks>
/// <para>
/// A false discovery is a selected feature that says nothing about the label beyond what the other features say. The false discovery rate
/// is the expected share of such features among the selected ones. It is an expectation over data sets: in one of them the share can be
/// larger.
/// </para>
/// <para>
/// Every feature competes with a knockoff, a random copy that varies together with the other features as the feature itself does, and does
/// not know the label (Candès, Fan, Janson and Lv, "Panning for gold: model-X knockoffs for high dimensional controlled variable
/// selection", 2018). A feature is selected if it withstands the penalty much better than its knockoff.
/// </para>
/// <para>
/// The rate holds where rows are independent and features are jointly normal: means and covariances are estimated from the rows, and are
/// all that the knockoffs imitate. Where rows repeat each other or belong together, as those of one patient do, it does not hold: most of
/// the selected features can be false. Binary columns and heavy tails are outside of the theory; docs/theory.md §16 has what was measured.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// var knockoffs = mlContext.BinaryClassification.Trainers.DGating().FitKnockoffs(data, falseDiscoveryRate: 0.1);
/// Console.WriteLine(knockoffs);
/// var model = knockoffs.ModelOf();
/// </code>
/// </example>
public abstract class DGatingKnockoffs
{
    private protected DGatingKnockoffs(IReadOnlyList<KnockoffFeature> features, double falseDiscoveryRate, int draws)
    {
        Features = features;
        FalseDiscoveryRate = falseDiscoveryRate;
        Draws = draws;
        SelectedFeatures =
        [
            .. features.Where(feature => feature.IsSelected).OrderByDescending(feature => feature.EValue).ThenBy(feature => feature.Index),
        ];
    }

    /// <summary>The default false discovery rate: 0.1. Of ten selected features one is expected to say nothing new.</summary>
    public const double DefaultFalseDiscoveryRate = 0.1;

    /// <summary>The default number of draws: 1, the knockoff+ filter of one set of knockoffs.</summary>
    public const int DefaultDraws = 1;

    /// <summary>The false discovery rate that was asked for.</summary>
    public double FalseDiscoveryRate { get; }

    /// <summary>The number of times that knockoffs were drawn; a path was followed for each.</summary>
    public int Draws { get; }

    /// <summary>All features, ordered by index, including constant ones, which are never selected.</summary>
    public IReadOnlyList<KnockoffFeature> Features { get; }

    /// <summary>The selected features, the largest e-value first; without those that always stay.</summary>
    public IReadOnlyList<KnockoffFeature> SelectedFeatures { get; }

    /// <summary>The fewest features that can be selected with this rate: 1 / rate, rounded up.</summary>
    /// <remarks>
    /// The filter counts one false discovery too many, which makes up for what it does not know. So it selects either at least so many
    /// features or none.
    /// </remarks>
    public int LeastFeatureCount => (int)Math.Ceiling(1 / FalseDiscoveryRate - 1e-9);

    /// <summary>Says how many features are selected with which rate, and why where there are none.</summary>
    public string Summary => SelectedFeatures.Count > 0
        ? string.Create(CultureInfo.InvariantCulture,
            $"{SelectedFeatures.Count} features are selected; of these a share of {FalseDiscoveryRate:0.###} " +
            $"is expected to say nothing new.")
        : string.Create(CultureInfo.InvariantCulture,
            $"No feature is selected. With a false discovery rate of {FalseDiscoveryRate:0.###} there are at least {LeastFeatureCount} " +
            $"or none, and fewer stand out from their knockoffs clearly enough. Give a larger rate, or more rows") +
            (Draws > 1 ? ", or one draw, which asks for less than several." : ".");

    /// <summary>Formats the features as a table in which the selected ones are marked.</summary>
    public override string ToString() => KnockoffTable.Format(this);

    /// <summary>Trains a model of exactly the selected features, and those that always stay, on all rows.</summary>
    /// <remarks>
    /// <see cref="FeatureSelectionReport.Frequency"/> of the model has the frequencies. The λ at which a feature left is the median over
    /// the draws.
    /// </remarks>
    /// <param name="cancellationToken">Cancels the training.</param>
    /// <exception cref="InvalidOperationException">No feature is selected, and none always stays.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public ITransformer ModelOf(CancellationToken cancellationToken = default) => Train(cancellationToken);

    private protected abstract ITransformer Train(CancellationToken cancellationToken);
}
