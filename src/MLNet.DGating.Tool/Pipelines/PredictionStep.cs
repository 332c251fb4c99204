using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that maps a prediction to the label's own word.</summary>
internal sealed class PredictionStep(LabelColumn label) : PipelineStep
{
    /// <summary>The column with the word.</summary>
    public const string Column = "Prediction";

    public override string Code => label.Task == LearningTask.Binary
        ? $"Conversion.MapValue(\"{Column}\", new Dictionary<bool, string>\n"
            + CSharp.Block([$"[false] = {CSharp.Literal(label.Negative)}", $"[true] = {CSharp.Literal(label.Positive)}"])
            + ", \"PredictedLabel\")"
        : $"Conversion.MapKeyToValue(\"{Column}\", \"PredictedLabel\")";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => label.Task == LearningTask.Binary
        ? transforms.Conversion.MapValue(
            Column, [KeyValuePair.Create(false, label.Negative), KeyValuePair.Create(true, label.Positive)], "PredictedLabel")
        : transforms.Conversion.MapKeyToValue(Column, "PredictedLabel");
}
