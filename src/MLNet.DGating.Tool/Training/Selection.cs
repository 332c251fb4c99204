using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Training;

/// <summary>The selection of the D-Gating model inside a transformer.</summary>
internal static class Selection
{
    public static FeatureSelectionReport Of(ITransformer predictor) => predictor switch
    {
        IPredictionTransformer<DGatingModelParameters<float>> scalar => scalar.Model.FeatureSelection,
        IPredictionTransformer<DGatingModelParameters<VBuffer<float>>> vector => vector.Model.FeatureSelection,
        _ => throw new InvalidOperationException($"{predictor.GetType()} is no D-Gating model."),
    };

    /// <summary>Explains the scores of a row of features.</summary>
    public static ScoreExplanation ExplanationOf(ITransformer predictor, VBuffer<float> features) => predictor switch
    {
        IPredictionTransformer<DGatingModelParameters<float>> scalar => scalar.Model.Explain(in features),
        IPredictionTransformer<DGatingModelParameters<VBuffer<float>>> vector => vector.Model.Explain(in features),
        _ => throw new InvalidOperationException($"{predictor.GetType()} is no D-Gating model."),
    };
}
