using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that converts values to another type.</summary>
internal sealed class ConvertStep((string Output, string Input)[] columns, DataKind kind) : PipelineStep
{
    public override string Code => $"Conversion.ConvertType({PairsCode(columns)}, DataKind.{kind})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) =>
        transforms.Conversion.ConvertType(Pairs(columns), kind);
}
