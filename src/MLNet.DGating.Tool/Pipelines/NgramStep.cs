using Microsoft.ML;
using Microsoft.ML.Transforms.Text;
using MLNet.DGating.Tool.Text;

namespace MLNet.DGating.Tool.Pipelines;

/// <summary>The step that counts the most frequent words and pairs of words of a text.</summary>
/// <remarks>The counts are weighted by how rare the words are (tf-idf).</remarks>
internal sealed class NgramStep(string column) : PipelineStep
{
    private const int Length = 2;
    private const int MaximumCount = 1000;

    public override string Code => $$"""
        Text.FeaturizeText({{CSharp.Literal(column)}}, new TextFeaturizingEstimator.Options
        {
            CharFeatureExtractor = null,
            WordFeatureExtractor = new WordBagEstimator.Options
            {
                NgramLength = {{Length}},
                MaximumNgramsCount = new[] { {{MaximumCount}} },
                Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf,
            },
        }, {{CSharp.Literal(column)}})
        """;

    public override IEstimator<ITransformer> Estimator(TransformsCatalog transforms) =>
        transforms.Text.FeaturizeText(column, new TextFeaturizingEstimator.Options
        {
            CharFeatureExtractor = null,
            WordFeatureExtractor = new WordBagEstimator.Options
            {
                NgramLength = Length,
                MaximumNgramsCount = [MaximumCount],
                Weighting = NgramExtractingEstimator.WeightingCriteria.TfIdf,
            },
        }, column);
}
