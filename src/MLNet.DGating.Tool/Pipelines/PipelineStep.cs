using Microsoft.ML;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>A step of a pipeline: an estimator, and the C# that makes the same estimator.</summary>
/// <remarks>The two stand side by side so that a change of one is not forgotten in the other.</remarks>
internal abstract class PipelineStep
{
    public abstract IEstimator<ITransformer> Estimator(TransformsCatalog transforms);

    /// <summary>The C# that follows "mlContext.Transforms."; it may have several lines.</summary>
    public abstract string Code { get; }

    private protected static InputOutputColumnPair[] Pairs(IEnumerable<string> columns) =>
        Pairs(columns.Select(column => (column, column)));

    private protected static InputOutputColumnPair[] Pairs(IEnumerable<(string Output, string Input)> columns) =>
        [.. columns.Select(column => new InputOutputColumnPair(column.Output, column.Input))];

    private protected static string PairsCode(IEnumerable<string> columns) => PairsCode(columns.Select(column => (column, column)));

    private protected static string PairsCode(IEnumerable<(string Output, string Input)> columns) =>
        "new[]\n" + CSharp.Block(columns.Select(column => column.Output == column.Input
            ? $"new InputOutputColumnPair({CSharp.Literal(column.Output)})"
            : $"new InputOutputColumnPair({CSharp.Literal(column.Output)}, {CSharp.Literal(column.Input)})"));
}
