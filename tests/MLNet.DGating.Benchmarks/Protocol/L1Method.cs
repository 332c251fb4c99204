using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace MLNet.DGating.Benchmarks;

/// <summary>Selects slots by the weights of a linear model with an L1 penalty, and trains the same model without it on them.</summary>
/// <remarks>
/// The features are standardized, the model is trained by L-BFGS with ML.NET's default penalty, and slots are ranked by the norm of their
/// weights.
/// </remarks>
internal sealed class L1Method(int threads) : ISelectionMethod
{
    public string Name => "L1 + the same linear model";

    public bool ChoosesCount => false;

    public FittedSelection Fit(MLContext context, SplitData data, int? count)
    {
        NormalizingEstimator normalize = context.Transforms.NormalizeMeanVariance("Features", fixZero: false);
        IDataView normalized = normalize.Fit(data.Training).Transform(data.Training);
        float[][] weights = data.Classes == 2
            ? [[.. Binary(context, data, penalized: true).Fit(normalized).Model.SubModel.Weights]]
            : Weights(Multiclass(context, data, penalized: true).Fit(normalized).Model);
        IEnumerable<double> norms = Enumerable.Range(0, data.Features)
            .Select(slot => weights.Sum(ofClass => (double)ofClass[slot] * ofClass[slot]));
        IEstimator<ITransformer> refit = data.Classes == 2
            ? Binary(context, data, penalized: false)
            : Multiclass(context, data, penalized: false);
        return SlotRanking.Refit(context, data, norms, count!.Value, normalize.Append(refit));
    }

    private LbfgsLogisticRegressionBinaryTrainer Binary(MLContext context, SplitData data, bool penalized) =>
        context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = data.LabelColumn, NumberOfThreads = threads, L1Regularization = penalized ? 1 : 0,
        });

    private LbfgsMaximumEntropyMulticlassTrainer Multiclass(MLContext context, SplitData data, bool penalized) =>
        context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = data.LabelColumn, NumberOfThreads = threads, L1Regularization = penalized ? 1 : 0,
        });

    private static float[][] Weights(MaximumEntropyModelParameters model)
    {
        VBuffer<float>[] weights = [];
        model.GetWeights(ref weights, out _);
        return Array.ConvertAll(weights, ofClass => ofClass.DenseValues().ToArray());
    }
}
