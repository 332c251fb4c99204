using Microsoft.ML;
using MLNet.DGating.Tool.Code;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The label's words as ML.NET wants them: Boolean of two, keys of several.</summary>
internal sealed class LabelStep(LabelColumn label) : PipelineStep
{
    public override string Code => label.Task == LearningTask.Binary
        ? $"Conversion.MapValue({CSharp.Literal(label.Name)}, new Dictionary<string, bool> {{ [{CSharp.Literal(label.Negative)}] = false, [{CSharp.Literal(label.Positive)}] = true }}, {CSharp.Literal(label.Name)})"
        : $"Conversion.MapValueToKey({CSharp.Literal(label.Name)}, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => label.Task == LearningTask.Binary
        ? transforms.Conversion.MapValue(label.Name, [KeyValuePair.Create(label.Negative, false), KeyValuePair.Create(label.Positive, true)], label.Name)
        : transforms.Conversion.MapValueToKey(label.Name, keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
}

/// <summary>What is predicted, in the label's own words.</summary>
internal sealed class PredictionStep(LabelColumn label) : PipelineStep
{
    /// <summary>The column with the word.</summary>
    public const string Column = "Prediction";

    public override string Code => label.Task == LearningTask.Binary
        ? $"Conversion.MapValue(\"{Column}\", new Dictionary<bool, string> {{ [false] = {CSharp.Literal(label.Negative)}, [true] = {CSharp.Literal(label.Positive)} }}, \"PredictedLabel\")"
        : $"Conversion.MapKeyToValue(\"{Column}\", \"PredictedLabel\")";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => label.Task == LearningTask.Binary
        ? transforms.Conversion.MapValue(Column, [KeyValuePair.Create(false, label.Negative), KeyValuePair.Create(true, label.Positive)], "PredictedLabel")
        : transforms.Conversion.MapKeyToValue(Column, "PredictedLabel");
}
