using Microsoft.ML;
using Microsoft.ML.Transforms;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that maps the label's words to what ML.NET learns: two to a Boolean, several to keys.</summary>
internal sealed class LabelStep(LabelColumn label) : PipelineStep
{
    public override string Code => label.Task == LearningTask.Binary
        ? $"Conversion.MapValue({CSharp.Literal(label.Name)}, new Dictionary<string, bool>\n"
            + CSharp.Block([$"[{CSharp.Literal(label.Negative)}] = false", $"[{CSharp.Literal(label.Positive)}] = true"])
            + $", {CSharp.Literal(label.Name)})"
        : $"Conversion.MapValueToKey({CSharp.Literal(label.Name)},\n"
            + "    keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => label.Task == LearningTask.Binary
        ? transforms.Conversion.MapValue(
            label.Name, [KeyValuePair.Create(label.Negative, false), KeyValuePair.Create(label.Positive, true)], label.Name)
        : transforms.Conversion.MapValueToKey(label.Name, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
}
