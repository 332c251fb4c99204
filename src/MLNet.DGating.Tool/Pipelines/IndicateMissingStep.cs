using Microsoft.ML;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that makes a Boolean of a value: whether it is missing.</summary>
internal sealed class IndicateMissingStep((string Output, string Input)[] columns) : PipelineStep
{
    public override string Code => $"IndicateMissingValues({PairsCode(columns)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.IndicateMissingValues(Pairs(columns));
}
