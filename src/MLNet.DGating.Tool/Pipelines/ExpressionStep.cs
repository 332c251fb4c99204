using System.Globalization;
using Microsoft.ML;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that computes a value of another, in ML.NET's own expression language, which is saved with the model.</summary>
internal sealed class ExpressionStep(string output, string expression, string input) : PipelineStep
{
    public override string Code =>
        $"Expression({CSharp.Literal(output)},\n    {CSharp.Literal(expression)},\n    {CSharp.Literal(input)})";

    /// <summary>Returns a number in double precision, as the language has it; without the letter it would be single.</summary>
    public static string Number(double number) => number.ToString("r", CultureInfo.InvariantCulture) + "d";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.Expression(output, expression, input);
}
