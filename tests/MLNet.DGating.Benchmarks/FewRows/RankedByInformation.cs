using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects slots by their mutual information with the label, as ML.NET does, and trains a logistic regression on them.</summary>
/// <param name="threads">The threads of a fit.</param>
/// <param name="bins">
/// The bins of a slot's values. ML.NET's default of 256 gives every value of few rows a bin of its own, and all slots the same information.
/// </param>
internal sealed class RankedByInformation(int threads, int bins) : ISelectionMethod
{
    public string Name => $"mutual information ({bins} bins) + logistic";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        ITransformer selection = context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation(
            "Features", labelColumnName: data.LabelColumn, slotsInOutput: count!.Value, numberOfBins: bins).Fit(data.Training);
        ITransformer model = LogisticHead.Of(context, data, threads).Fit(selection.Transform(data.Training));
        return new FittedSelection(selection.Append(model), count.Value);
    }
}
