using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects slots by the gain of their splits in a random forest, and trains a logistic regression on them.</summary>
/// <remarks>500 trees, each on a twentieth of the slots, of which each split chooses among a tenth.</remarks>
internal sealed class ForestMethod(int threads) : ISelectionMethod
{
    public string Name => "forest + logistic";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        var options = new FastForestBinaryTrainer.Options
        {
            LabelColumnName = data.LabelColumn, NumberOfThreads = threads, NumberOfTrees = 500, MinimumExampleCountPerLeaf = 2,
            FeatureFraction = 0.05, FeatureFractionPerSplit = 0.1,
        };
        VBuffer<float> gains = default;
        context.BinaryClassification.Trainers.FastForest(options).Fit(data.Training).Model.GetFeatureWeights(ref gains);
        return SlotRanking.Refit(
            context, data, gains.DenseValues().Select(gain => (double)gain), count!.Value, LogisticHead.Of(context, data, threads));
    }
}
