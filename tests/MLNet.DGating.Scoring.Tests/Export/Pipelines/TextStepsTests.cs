using CsCheck;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating.Scoring.Tests.Export.Pipelines;

/// <summary>Tests that texts become the same counts in ONNX as in ML.NET.</summary>
public class TextStepsTests
{
    private static readonly string[] s_words =
        ["The", "café", "CAFÉ", "Straße", "naïve", "İstanbul", "ΣΑΣ", "日本", "x-1", "it's", "42", "😀", "e\u0301", "a,b", "Ǆ", "the", "  "];

    private static readonly Gen<NgramExtractingEstimator.WeightingCriteria> s_weightings = Gen.OneOfConst(
        NgramExtractingEstimator.WeightingCriteria.Tf, NgramExtractingEstimator.WeightingCriteria.TfIdf,
        NgramExtractingEstimator.WeightingCriteria.Idf);

    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void AnyText_HasTheSameCounts() =>
        Gen.Select(Gen.OneOfConst(s_words).Array[0, 6].Array[2, 20], Gen.Int[0, 31], s_weightings).Sample(
            (rows, flags, weighting) =>
            {
                string[] texts = [.. rows.Select(words => string.Join(' ', words)).Append("the end")];
                var options = new TextFeaturizingEstimator.Options
                {
                    CaseMode = (TextNormalizingEstimator.CaseMode)(flags & 1),
                    KeepDiacritics = (flags & 2) == 0,
                    KeepPunctuations = (flags & 4) == 0,
                    KeepNumbers = (flags & 8) == 0,
                    Norm = (flags & 16) == 0 ? TextFeaturizingEstimator.NormFunction.L2 : TextFeaturizingEstimator.NormFunction.None,
                    CharFeatureExtractor = null,
                    WordFeatureExtractor = new WordBagEstimator.Options { NgramLength = 3, Weighting = weighting },
                };
                IDataView data = _context.Data.LoadFromEnumerable(texts.Select(text => new Row { Text = text }));
                ITransformer featurizer = _context.Transforms.Text.FeaturizeText("Words", options, nameof(Row.Text)).Fit(data);

                // New texts, too: the first half of each.
                string[] asked = [.. texts, .. texts.Select(text => text[..(text.Length / 2)]).Where(IsWhole)];
                IDataView all = _context.Data.LoadFromEnumerable(asked.Select(text => new Row { Text = text }));
                float[][] expected = [.. featurizer.Transform(all).GetColumn<float[]>("Words")];
                Tensor<float> actual = Graph.Run<float>(asked, (document, variable) => Write(featurizer, data.Schema, document, variable));
                Assert.Equal(expected[0].Length, actual.Dimensions[1]);
                Assert.All(expected.Index(), row => Assert.All(row.Item.Index(), slot =>
                    Assert.Equal(slot.Item, actual[row.Index, slot.Index], 1e-5f)));
            },
            iter: 60);

    // The halves of a pair of surrogates are no text.
    private static bool IsWhole(string text) => text.Length == 0 || !char.IsHighSurrogate(text[^1]);

    private string Write(ITransformer featurizer, DataViewSchema schema, OnnxDocument document, string variable)
    {
        var pipeline = new PipelineDocument(_context, document);
        pipeline.Set(nameof(Row.Text), variable);
        foreach (ITransformer step in PrunableSteps.Flatten(featurizer))
        {
            DataViewSchema next = step.GetOutputSchema(schema);
            PipelineOnnx.Write(step, schema, next, pipeline);
            schema = next;
        }

        return pipeline["Words"];
    }

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}
