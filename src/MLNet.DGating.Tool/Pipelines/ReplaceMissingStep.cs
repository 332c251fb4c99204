using Microsoft.ML;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The mean in place of missing values.</summary>
internal sealed class ReplaceMissingStep(string[] columns) : PipelineStep
{
    private IEnumerable<(string, string)> Columns => columns.Select(column => (column, column));

    public override string Code => $"ReplaceMissingValues({PairsCode(Columns)}, MissingValueReplacingEstimator.ReplacementMode.Mean)";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.ReplaceMissingValues(Pairs(Columns), ReplacementMode.Mean);
}
