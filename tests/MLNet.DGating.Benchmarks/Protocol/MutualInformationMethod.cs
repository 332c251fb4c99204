using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Benchmarks;

/// <summary>ML.NET's own selection: the slots that say most of the label, each for itself; then FastTree, one versus all where there are several classes.</summary>
internal sealed class MutualInformationMethod(int threads) : ISelectionMethod
{
    public string Name => "mutual information + FastTree";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        var select = context.Transforms.FeatureSelection.SelectFeaturesBasedOnMutualInformation("Features", labelColumnName: data.LabelColumn, slotsInOutput: count!.Value);
        FastTreeBinaryTrainer trees = context.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { LabelColumnName = data.LabelColumn, NumberOfThreads = threads });
        IEstimator<ITransformer> trainer = data.Classes == 2 ? trees : context.MulticlassClassification.Trainers.OneVersusAll(trees, data.LabelColumn);
        ITransformer selection = select.Fit(data.Training);
        IDataView selected = selection.Transform(data.Training);
        return new FittedSelection(selection.Append(trainer.Fit(selected)), ((VectorDataViewType)selected.Schema["Features"].Type).Size);
    }
}
