using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes hashes of texts as ML.NET does, and the missing key where a text is empty, which ML.NET's own form hashes.</summary>
internal sealed class HashingConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not HashingTransformer { ColumnPairs: var pairs }
            || pairs.Any(pair => input[pair.inputColumnName].Type is not TextDataViewType))
        {
            return false;
        }

        OnnxDocument document = pipeline.Document;
        string[] areThere = Array.ConvertAll(pairs, pair => document.AddNode(
            OnnxDocument.Classical, "LabelEncoder", [pipeline[pair.inputColumnName]], new OnnxAttribute("keys_strings", (string[])[""]),
            new OnnxAttribute("values_int64s", (long[])[0]), new OnnxAttribute("default_int64", 1L)));
        if (!pipeline.TryWriteByMLNet(step, input))
        {
            return false;
        }

        for (int column = 0; column < pairs.Length; column++)
        {
            string key = document.AddNode("Cast", [pipeline[pairs[column].outputColumnName]], OnnxAttribute.To(OnnxType.Int64));
            string orMissing = document.AddNode("Mul", [key, areThere[column]]);
            pipeline.Set(pairs[column].outputColumnName, document.AddNode("Cast", [orMissing], OnnxAttribute.To(OnnxType.UInt32)));
        }

        return true;
    }
}
