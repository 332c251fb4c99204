using Microsoft.ML;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>Slots that words share by their hash.</summary>
internal sealed class HashStep(string[] columns) : PipelineStep
{
    /// <summary>256 slots.</summary>
    public const int Bits = 8;

    private IEnumerable<(string, string)> Columns => columns.Select(column => (column, column));

    public override string Code => $"Categorical.OneHotHashEncoding({PairsCode(Columns)}, numberOfBits: {Bits})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.Categorical.OneHotHashEncoding(Pairs(Columns), numberOfBits: Bits);
}
