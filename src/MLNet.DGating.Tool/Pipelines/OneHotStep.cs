using Microsoft.ML;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that makes a slot for each word.</summary>
internal sealed class OneHotStep(string[] columns) : PipelineStep
{
    public override string Code => $"Categorical.OneHotEncoding({PairsCode(columns)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) =>
        transforms.Categorical.OneHotEncoding(Pairs(columns));
}
