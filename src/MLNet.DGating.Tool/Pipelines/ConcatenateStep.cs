using Microsoft.ML;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that puts all features into one column.</summary>
internal sealed class ConcatenateStep(string output, string[] columns) : PipelineStep
{
    public override string Code => $"Concatenate({CSharp.Literal(output)}, {CSharp.Literals(columns)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.Concatenate(output, columns);
}
