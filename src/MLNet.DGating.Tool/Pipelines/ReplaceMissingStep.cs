using Microsoft.ML;
using static Microsoft.ML.Transforms.MissingValueReplacingEstimator;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that replaces missing values by the mean.</summary>
internal sealed class ReplaceMissingStep(string[] columns) : PipelineStep
{
    public override string Code =>
        $"ReplaceMissingValues({PairsCode(columns)}, MissingValueReplacingEstimator.ReplacementMode.Mean)";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) =>
        transforms.ReplaceMissingValues(Pairs(columns), ReplacementMode.Mean);
}
