using Microsoft.ML;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that makes slots which words share by their hash.</summary>
internal sealed class HashStep(string[] columns) : PipelineStep
{
    private const int Bits = 8; // they give 256 slots

    public override string Code => $"Categorical.OneHotHashEncoding({PairsCode(columns)}, numberOfBits: {Bits})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) =>
        transforms.Categorical.OneHotHashEncoding(Pairs(columns), numberOfBits: Bits);
}
