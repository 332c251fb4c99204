using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace MLNet.DGating.Benchmarks;

/// <summary>Trains a logistic regression on standardized slots, with ML.NET's default L2 penalty.</summary>
internal static class LogisticHead
{
    public static IEstimator<ITransformer> Of(MLContext context, SplitData data, int threads) =>
        context.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
            {
                LabelColumnName = data.LabelColumn, NumberOfThreads = threads, L1Regularization = 0,
            }));
}
