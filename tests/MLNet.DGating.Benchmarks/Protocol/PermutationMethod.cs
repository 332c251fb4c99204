using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace MLNet.DGating.Benchmarks;

/// <summary>
/// LightGBM on four fifths of the training rows, what its quality loses on the rest where a slot is shuffled (permutation feature importance, one permutation),
/// and LightGBM on all training rows and the best slots.
/// </summary>
internal sealed class PermutationMethod(int threads) : ISelectionMethod
{
    public string Name => "LightGBM + PFI";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        DataOperationsCatalog.TrainTestData rows = context.Data.TrainTestSplit(data.Training, testFraction: DGatingDefaults.HeldOutFraction);
        IDataView heldOut = context.Data.Cache(rows.TestSet, "Features", data.LabelColumn);
        if (data.Classes == 2)
        {
            LightGbmBinaryTrainer binary = context.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options { LabelColumnName = data.LabelColumn, NumberOfThreads = threads });
            var changes = context.BinaryClassification.PermutationFeatureImportance(binary.Fit(rows.TrainSet), heldOut, data.LabelColumn);
            return SlotRanking.Refit(context, data, changes.Select(change => -change.AreaUnderRocCurve.Mean), count!.Value, binary);
        }

        // Accuracy on few rows does not change at all for most slots; log-loss does.
        LightGbmMulticlassTrainer multiclass = context.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options { LabelColumnName = data.LabelColumn, NumberOfThreads = threads });
        var losses = context.MulticlassClassification.PermutationFeatureImportance(multiclass.Fit(rows.TrainSet), heldOut, data.LabelColumn);
        return SlotRanking.Refit(context, data, losses.Select(change => change.LogLoss.Mean), count!.Value, multiclass);
    }
}
