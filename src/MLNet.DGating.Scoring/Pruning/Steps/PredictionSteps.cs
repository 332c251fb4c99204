using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Finds D-Gating models in ML.NET's transformers of predictions, and makes those for a feature column with fewer slots.</summary>
internal static class PredictionSteps
{
    /// <summary>Tells whether a transformer predicts, with whatever model.</summary>
    public static bool IsPrediction(ITransformer transformer) => transformer is IPredictionTransformer<object>;

    /// <summary>Returns the report of a D-Gating model; null of a transformer that has none.</summary>
    public static FeatureSelectionReport? Selection(ITransformer transformer) => transformer switch
    {
        BinaryPredictionTransformer<DGatingBinaryModelParameters> binary => binary.Model.FeatureSelection,
        MulticlassPredictionTransformer<DGatingMulticlassModelParameters> multiclass => multiclass.Model.FeatureSelection,
        RegressionPredictionTransformer<DGatingRegressionModelParameters> regression => regression.Model.FeatureSelection,
        RegressionPredictionTransformer<DGatingQuantileModelParameters> quantile => quantile.Model.FeatureSelection,
        _ => null,
    };

    /// <summary>Makes the transformer of the same model on what is left of its feature column.</summary>
    /// <param name="env">The environment of the transformer.</param>
    /// <param name="transformer">A transformer of a D-Gating model.</param>
    /// <param name="slots">The former slots that are left, ascending.</param>
    /// <param name="schema">The columns before the step, with the shorter feature column.</param>
    public static ITransformer OfSlots(IHostEnvironment env, ITransformer transformer, int[] slots, DataViewSchema schema)
    {
        switch (transformer)
        {
            case BinaryPredictionTransformer<DGatingBinaryModelParameters> binary:
                return new BinaryPredictionTransformer<DGatingBinaryModelParameters>(
                    env, binary.Model.OfSlots(env, slots), TrainSchema(binary.TrainSchema, schema, binary.FeatureColumnName,
                    binary.LabelColumnName), binary.FeatureColumnName, binary.LabelColumnName, binary.Threshold, binary.ThresholdColumn);
            case MulticlassPredictionTransformer<DGatingMulticlassModelParameters> multiclass:
                string? label = MLNetFields.Read<string>(multiclass, "_trainLabelColumn");
                return new MulticlassPredictionTransformer<DGatingMulticlassModelParameters>(
                    env, multiclass.Model.OfSlots(env, slots), TrainSchema(multiclass.TrainSchema, schema, multiclass.FeatureColumnName,
                    label), multiclass.FeatureColumnName, label, MLNetFields.Read<string>(multiclass, "_scoreColumn"),
                    MLNetFields.Read<string>(multiclass, "_predictedLabelColumn"));
            case RegressionPredictionTransformer<DGatingQuantileModelParameters> quantile:
                return new RegressionPredictionTransformer<DGatingQuantileModelParameters>(
                    env, quantile.Model.OfSlots(env, slots), TrainSchema(quantile.TrainSchema, schema, quantile.FeatureColumnName, null),
                    quantile.FeatureColumnName);
            case RegressionPredictionTransformer<DGatingRegressionModelParameters> regression:
                return new RegressionPredictionTransformer<DGatingRegressionModelParameters>(
                    env, regression.Model.OfSlots(env, slots),
                    TrainSchema(regression.TrainSchema, schema, regression.FeatureColumnName, null), regression.FeatureColumnName);
            default:
                throw new ArgumentException($"{transformer.GetType()} holds no D-Gating model.", nameof(transformer));
        }
    }

    // What ML.NET keeps of the training: the feature column's type, and the label's words. The other columns are of no use.
    private static DataViewSchema TrainSchema(DataViewSchema former, DataViewSchema schema, string features, string? label)
    {
        var columns = new DataViewSchema.Builder();
        columns.AddColumn(features, schema[features].Type, schema[features].Annotations);
        if (label is not null && former.GetColumnOrNull(label) is { } known)
        {
            columns.AddColumn(label, known.Type, known.Annotations);
        }

        return columns.ToSchema();
    }
}
