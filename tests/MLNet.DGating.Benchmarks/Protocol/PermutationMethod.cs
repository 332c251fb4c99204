using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects slots by the permutation feature importance of LightGBM, and trains LightGBM on them.</summary>
/// <remarks>
/// The importance is measured with one permutation of each slot on a fifth of the training rows, which the first model is not trained on.
/// The second model is trained on all training rows.
/// </remarks>
internal sealed class PermutationMethod(int threads) : ISelectionMethod
{
    public string Name => "LightGBM + PFI";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        DataOperationsCatalog.TrainTestData rows =
            context.Data.TrainTestSplit(data.Training, testFraction: DGatingDefaults.HeldOutFraction);
        IDataView heldOut = context.Data.Cache(rows.TestSet, "Features", data.LabelColumn);
        if (data.Classes == 2)
        {
            var binaryOptions = new LightGbmBinaryTrainer.Options { LabelColumnName = data.LabelColumn, NumberOfThreads = threads };
            LightGbmBinaryTrainer binary = context.BinaryClassification.Trainers.LightGbm(binaryOptions);
            ImmutableArray<BinaryClassificationMetricsStatistics> changes =
                context.BinaryClassification.PermutationFeatureImportance(binary.Fit(rows.TrainSet), heldOut, data.LabelColumn);
            return SlotRanking.Refit(context, data, changes.Select(change => -change.AreaUnderRocCurve.Mean), count!.Value, binary);
        }

        // The accuracy on few rows does not change for most slots, while the log-loss does.
        var options = new LightGbmMulticlassTrainer.Options { LabelColumnName = data.LabelColumn, NumberOfThreads = threads };
        LightGbmMulticlassTrainer multiclass = context.MulticlassClassification.Trainers.LightGbm(options);
        ImmutableArray<MulticlassClassificationMetricsStatistics> losses = context.MulticlassClassification.PermutationFeatureImportance(
            multiclass.Fit(rows.TrainSet), heldOut, data.LabelColumn);
        return SlotRanking.Refit(context, data, losses.Select(change => change.LogLoss.Mean), count!.Value, multiclass);
    }
}
