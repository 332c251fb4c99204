using Microsoft.ML;
using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that maps a prediction to the label's own word.</summary>
internal sealed class PredictionStep(LabelColumn label) : PipelineStep
{
    /// <summary>The column with the word.</summary>
    public const string Column = "Prediction";

    /// <summary>Returns the steps from what is predicted to the label's own words, or numbers in double precision.</summary>
    /// <param name="label">The label.</param>
    /// <param name="hasQuantiles">Whether there are quantiles beside the score.</param>
    public static PipelineStep[] For(LabelColumn label, bool hasQuantiles)
    {
        if (label.Task != LearningTask.Regression)
        {
            return [new PredictionStep(label)];
        }

        if (label.Centre is not { } centre)
        {
            return [];
        }

        string number = ExpressionStep.Number(centre), quantiles = DGatingQuantileModelParameters.QuantilesColumnName;
        PipelineStep[] steps =
        [
            new ExpressionStep(Column, $"s => double(s) + ({number})", "Score"),
            new ExpressionStep("Score", "s => single(s)", Column),
        ];
        return hasQuantiles
            ? [.. steps, new ExpressionStep(quantiles, $"q => single(double(q) + ({number}))", quantiles)]
            : steps;
    }

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
