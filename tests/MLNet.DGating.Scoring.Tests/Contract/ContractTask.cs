using Microsoft.ML;

namespace MLNet.DGating.Scoring.Tests.Contract;

/// <summary>A task: its label, its trainer, the quality of its scores from 0 to 1, and the type of its model.</summary>
internal sealed record ContractTask(
    string Label, Func<MLContext, IEstimator<ITransformer>> Trainer, Func<MLContext, IDataView, double> Quality, Type ModelType)
{
    public static ContractTask Get(string task) => task switch
    {
        "binary" => new("Flag", context => new ContractBinaryTrainer(context, "Flag"),
            (context, scored) => context.BinaryClassification.Evaluate(scored, "Flag").Accuracy, typeof(DGatingBinaryModelParameters)),
        "multiclass" => new("Kind", context => new ContractMulticlassTrainer(context, "Kind"),
            (context, scored) => context.MulticlassClassification.Evaluate(scored, "Kind").MicroAccuracy,
            typeof(DGatingMulticlassModelParameters)),
        "regression" => new("Target", context => new ContractRegressionTrainer(context, "Target"),
            (context, scored) => context.Regression.Evaluate(scored, "Target").RSquared, typeof(DGatingRegressionModelParameters)),
        _ => throw new ArgumentOutOfRangeException(nameof(task), task, null),
    };

    public IEstimator<ITransformer> Pipeline(MLContext context) => ContractRow.Pipeline(context).Append(Trainer(context));
}
