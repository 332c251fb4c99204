using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes keys as vectors: a slot for each key, 1 at the row's own.</summary>
/// <remarks>ML.NET's own form keeps a dimension for a single key, which the steps behind it take for one row.</remarks>
internal sealed class KeyToVectorConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not KeyToVectorMappingTransformer encoding)
        {
            return false;
        }

        (string Output, string Variable)[] made =
            [.. encoding.Columns.Select(column => (column.Name, Encode(column, input[column.InputColumnName].Type, pipeline)))];
        foreach ((string output, string variable) in made)
        {
            pipeline.Set(output, variable);
        }

        return true;
    }

    private static string Encode(KeyToVectorMappingEstimator.ColumnOptions column, DataViewType type, PipelineDocument pipeline)
    {
        OnnxDocument document = pipeline.Document;
        ulong count = ((KeyDataViewType)type.GetItemType()).Count;
        long[] keys = [.. Enumerable.Range(1, (int)count)];
        string rows = document.AddNode("Cast", [pipeline[column.InputColumnName]], OnnxAttribute.To(OnnxType.Int64));
        if (type is not VectorDataViewType)
        {
            return AreEqual(rows, [1, keys.Length]);
        }

        string ofSlots = AreEqual(document.AddNode("", "Unsqueeze", [rows], new OnnxAttribute("axes", (long[])[2])), [1, 1, keys.Length]);
        return column.OutputCountVector
            ? document.AddNode("", "ReduceSum", [ofSlots], new OnnxAttribute("axes", (long[])[1]), new OnnxAttribute("keepdims", 0L))
            : document.AddNode("Flatten", [ofSlots], OnnxAttribute.Axis(1));

        string AreEqual(string values, long[] shape) => document.AddNode(
            "Cast", [document.AddNode("Equal", [values, document.AddConstant("Keys", keys, shape)])], OnnxAttribute.To(OnnxType.Float));
    }
}
