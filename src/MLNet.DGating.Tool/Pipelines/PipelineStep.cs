using Microsoft.ML;
using MLNet.DGating.Tool.Code;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>
/// A step of a pipeline, as an estimator and as the C# that makes the same estimator: the two stand side by side so that they cannot drift apart.
/// </summary>
internal abstract class PipelineStep
{
    public abstract IEstimator<ITransformer> Estimator(TransformsCatalog transforms);

    /// <summary>What follows "mlContext.Transforms.".</summary>
    public abstract string Code { get; }

    private protected static InputOutputColumnPair[] Pairs(IEnumerable<(string Output, string Input)> columns) =>
        [.. columns.Select(column => new InputOutputColumnPair(column.Output, column.Input))];

    private protected static string PairsCode(IEnumerable<(string Output, string Input)> columns) =>
        "new[] { " + string.Join(", ", columns.Select(column => column.Output == column.Input
            ? $"new InputOutputColumnPair({CSharp.Literal(column.Output)})"
            : $"new InputOutputColumnPair({CSharp.Literal(column.Output)}, {CSharp.Literal(column.Input)})")) + " }";
}
