using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Transforms;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects slots by their mutual information with the label, as ML.NET does, and trains FastTree on them.</summary>
/// <remarks>With several classes FastTree is trained one versus all.</remarks>
internal sealed class MutualInformationMethod(int threads) : ISelectionMethod
{
    public string Name => "mutual information + FastTree";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        MutualInformationFeatureSelectingEstimator select = context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation(
            "Features", labelColumnName: data.LabelColumn, slotsInOutput: count!.Value);
        var options = new FastTreeBinaryTrainer.Options { LabelColumnName = data.LabelColumn, NumberOfThreads = threads };
        FastTreeBinaryTrainer trees = context.BinaryClassification.Trainers.FastTree(options);
        IEstimator<ITransformer> trainer = data.Classes == 2
            ? trees
            : context.MulticlassClassification.Trainers.OneVersusAll(trees, data.LabelColumn);
        ITransformer selection = select.Fit(data.Training);
        IDataView selected = selection.Transform(data.Training);
        return new FittedSelection(selection.Append(trainer.Fit(selected)), ((VectorDataViewType)selected.Schema["Features"].Type).Size);
    }
}
