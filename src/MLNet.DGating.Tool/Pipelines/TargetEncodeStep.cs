using Microsoft.ML;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that encodes categories of many values by the mean of the label in the rows of each.</summary>
/// <remarks>
/// It must be the first step: training rows get numbers that do not know their own labels where they are the view that it is fitted on.
/// </remarks>
internal sealed class TargetEncodeStep((string Output, string Input)[] columns, string label) : PipelineStep
{
    public override string Code => $"Categorical.TargetEncode({PairsCode(columns)}, labelColumnName: {CSharp.Literal(label)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) =>
        transforms.Categorical.TargetEncode(Pairs(columns), label);
}
