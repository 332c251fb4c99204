using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes the keys of texts and words. ML.NET writes those of other values.</summary>
internal sealed class ValueToKeyConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not ValueToKeyMappingTransformer { ColumnPairs: var pairs }
            || pairs.Any(pair => input[pair.inputColumnName].Type.GetItemType() is not TextDataViewType))
        {
            return false;
        }

        DataViewSchema output = step.GetOutputSchema(input);
        string[] keys = Array.ConvertAll(pairs, pair => Keys(pair.inputColumnName, output[pair.outputColumnName], pipeline));
        for (int column = 0; column < pairs.Length; column++)
        {
            string made = pairs[column].outputColumnName;
            OnnxType type = OnnxTypes.Of(output[made].Type.GetItemType().RawType);
            pipeline.Set(made, pipeline.Document.AddNode("Cast", [keys[column]], OnnxAttribute.To(type)));
        }

        return true;
    }

    // The first word has key 1; a word that is not among them has the missing key 0.
    private static string Keys(string source, DataViewSchema.Column made, PipelineDocument pipeline)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        made.GetKeyValues(ref values);
        string[] words = [.. values.DenseValues().Select(word => word.ToString())];
        return pipeline.Deferred(source) is { } text
            ? OnnxWords.Keys(pipeline, text, words)
            : pipeline.Document.AddNode(OnnxDocument.Classical, "LabelEncoder", [pipeline[source]],
                new OnnxAttribute("keys_strings", words), new OnnxAttribute("values_int64s", OnnxWords.KeysOf(words)),
                new OnnxAttribute("default_int64", 0L));
    }
}
