using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes a step that maps keys to their words, such as a predicted class; the missing key has an empty one.</summary>
internal sealed class KeyToWordConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not KeyToValueMappingTransformer { ColumnPairs: var pairs }
            || step.GetOutputSchema(input) is var output && pairs.Any(pair => output[pair.outputColumnName].Type is not TextDataViewType))
        {
            return false;
        }

        string[] words = Array.ConvertAll(pairs, pair => Words(input[pair.inputColumnName], pipeline));
        for (int column = 0; column < pairs.Length; column++)
        {
            pipeline.Set(pairs[column].outputColumnName, words[column]);
        }

        return true;
    }

    private static string Words(DataViewSchema.Column column, PipelineDocument pipeline)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        column.GetKeyValues(ref values);
        string[] words = [.. values.DenseValues().Select(word => word.ToString())];
        string keys = pipeline.Document.AddNode("Cast", [pipeline[column.Name]], OnnxAttribute.To(OnnxType.Int64));
        return pipeline.Document.AddNode(OnnxDocument.Classical, "LabelEncoder", [keys],
            new OnnxAttribute("keys_int64s", OnnxWords.KeysOf(words)), new OnnxAttribute("values_strings", words),
            new OnnxAttribute("default_string", ""));
    }
}
