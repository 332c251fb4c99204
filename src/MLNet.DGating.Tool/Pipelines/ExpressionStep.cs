using Microsoft.ML;
using MLNet.DGating.Tool.Code;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>A value computed of another, in ML.NET's own expression language, which is saved with the model.</summary>
internal sealed class ExpressionStep(string output, string expression, string input) : PipelineStep
{
    public override string Code => $"Expression({CSharp.Literal(output)}, {CSharp.Literal(expression)}, {CSharp.Literal(input)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.Expression(output, expression, input);
}
