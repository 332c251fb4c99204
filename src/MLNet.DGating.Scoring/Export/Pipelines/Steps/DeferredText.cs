using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>Texts that were normalized, and perhaps split, which are written once it is known which words are looked up.</summary>
/// <remarks>ONNX cannot make such texts; it can find out of a text's characters which of given words are in it.</remarks>
/// <param name="Texts">The variable of the texts as they were, rows × 1.</param>
/// <param name="Normalizer">The step that normalizes them.</param>
/// <param name="Column">The number of their column in that step.</param>
/// <param name="Separators">What stands between words; null where the texts were not split.</param>
internal sealed record DeferredText(string Texts, TextNormalizingTransformer Normalizer, int Column, char[]? Separators);
