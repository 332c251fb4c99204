using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace MLNet.DGating.Trees.Tests.Trainers;

/// <summary>The two trainers under one face.</summary>
internal sealed record TreesTask(string Label, Func<MLContext, Action<DGatingTreesOptions>, IEstimator<ITransformer>> Trainer)
{
    public const int Trees = 60;

    public static TreesTask Get(string task) => task == "binary"
        ? new TreesTask("Flag", (context, set) => context.BinaryClassification.Trainers.DGatingTrees(Binary(set)))
        : new TreesTask("Target", (context, set) => context.Regression.Trainers.DGatingTrees(Regression(set)));

    public static DGatingTreesBinaryTrainer.Options Binary(Action<DGatingTreesOptions>? set = null)
    {
        var options = new DGatingTreesBinaryTrainer.Options { LabelColumnName = "Flag", Seed = 1, NumberOfThreads = 1 };
        options.Forest.NumberOfTrees = Trees;
        set?.Invoke(options);
        return options;
    }

    public static DGatingTreesRegressionTrainer.Options Regression(Action<DGatingTreesOptions>? set = null)
    {
        var options = new DGatingTreesRegressionTrainer.Options { LabelColumnName = "Target", Seed = 1, NumberOfThreads = 1 };
        options.Forest.NumberOfTrees = Trees;
        set?.Invoke(options);
        return options;
    }

    /// <summary>Trains, and gives the trees of the model.</summary>
    public static IReadOnlyList<RegressionTreeBase> TreesOf(ITransformer model) => model switch
    {
        RegressionPredictionTransformer<FastTreeRegressionModelParameters> regression =>
            [.. regression.Model.TrainedTreeEnsemble.Trees],
        BinaryPredictionTransformer<Microsoft.ML.Calibrators.CalibratedModelParametersBase<
            FastTreeBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>> binary =>
            [.. binary.Model.SubModel.TrainedTreeEnsemble.Trees],
        _ => throw new ArgumentException($"{model} has no trees.", nameof(model)),
    };
}
