using Microsoft.ML;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that takes the mean of numbers away, in double precision, and divides by their deviation.</summary>
/// <remarks>Single precision is fine enough for what is left, whatever the mean was.</remarks>
internal sealed class StandardizeDoublesStep(string[] columns) : PipelineStep
{
    public override string Code => $"StandardizeDoubles({PairsCode(columns)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.StandardizeDoubles(Pairs(columns));
}
