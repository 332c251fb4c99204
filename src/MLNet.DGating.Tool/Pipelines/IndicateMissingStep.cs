using Microsoft.ML;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>Whether a value is missing, as a value of its own.</summary>
internal sealed class IndicateMissingStep((string Output, string Input)[] columns) : PipelineStep
{
    public override string Code => $"IndicateMissingValues({PairsCode(columns)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.IndicateMissingValues(Pairs(columns));
}
