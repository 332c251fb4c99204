using Microsoft.ML;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>A slot for each word.</summary>
internal sealed class OneHotStep(string[] columns) : PipelineStep
{
    private IEnumerable<(string, string)> Columns => columns.Select(column => (column, column));

    public override string Code => $"Categorical.OneHotEncoding({PairsCode(Columns)})";

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) => transforms.Categorical.OneHotEncoding(Pairs(Columns));
}
