using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that maps the label's words to what ML.NET learns: two to a Boolean, several to keys.</summary>
/// <param name="label">The label.</param>
/// <param name="name">Its name in the pipeline.</param>
internal sealed class LabelStep(LabelColumn label, string name) : PipelineStep
{
    public override string Code => label.Task == LearningTask.Binary
        ? $"Conversion.MapValue({CSharp.Literal(name)}, new Dictionary<string, bool>\n"
            + CSharp.Block([$"[{CSharp.Literal(label.Negative)}] = false", $"[{CSharp.Literal(label.Positive)}] = true"])
            + $", {CSharp.Literal(name)})"
        : $"Conversion.MapValueToKey({CSharp.Literal(name)},\n" + (HasOrderOfLetters
            ? "    keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)"
            : $"    keyData: mlContext.Data.LoadFromEnumerable({CSharp.Indented(CSharp.Literals(label.Words), 4)}\n"
                + "        .Select(value => new LabelValue { Value = value })))");

    /// <summary>Returns the steps from the label as it is read to what is learnt; none for a number that is learnt as it is.</summary>
    public static PipelineStep[] For(LabelColumn label, string name) => label switch
    {
        { Task: not LearningTask.Regression } => [new LabelStep(label, name)],
        { Centre: { } centre } => [new ExpressionStep(name, $"y => single(y - ({ExpressionStep.Number(centre)}))", name)],
        _ => [],
    };

    /// <summary>Whether the words are in the order of their letters. Those that are numbers are in the order of numbers instead.</summary>
    public bool HasOrderOfLetters => label.Words.SequenceEqual(label.Words.Order(StringComparer.Ordinal));

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => label.Task == LearningTask.Binary
        ? transforms.Conversion.MapValue(
            name, [KeyValuePair.Create(label.Negative, false), KeyValuePair.Create(label.Positive, true)], name)
        : transforms.Conversion.MapValueToKey(name,
            keyData: new MLContext().Data.LoadFromEnumerable(label.Words.Select(word => new LabelValue { Value = word })));

    private sealed class LabelValue
    {
        public string? Value { get; set; }
    }
}
