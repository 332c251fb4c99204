using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes steps that replace or indicate missing numbers, in single or double precision.</summary>
internal sealed class MissingValueConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not OneToOneTransformerBase { ColumnPairs: var pairs } || !pairs.All(pair => IsReal(input[pair.inputColumnName])))
        {
            return false;
        }

        object[]? replacements = step is MissingValueReplacingTransformer ? MLNetFields.Read<object[]>(step, "_repValues") : null;
        if (replacements is null && step is not MissingValueIndicatorTransformer)
        {
            return false;
        }

        // All inputs are read before any column is made: a column may have the name of another's input.
        string[] sources = Array.ConvertAll(pairs, pair => pipeline[pair.inputColumnName]);
        for (int column = 0; column < pairs.Length; column++)
        {
            string isMissing = pipeline.Document.AddNode("IsNaN", [sources[column]]);
            pipeline.Set(pairs[column].outputColumnName, replacements is null
                ? isMissing
                : pipeline.Document.AddNode("Where", [isMissing, Constant(replacements[column], pipeline.Document), sources[column]]));
        }

        return true;
    }

    private static bool IsReal(DataViewSchema.Column column) =>
        column.Type.GetItemType() == NumberDataViewType.Single || column.Type.GetItemType() == NumberDataViewType.Double;

    private static string Constant(object replacement, OnnxDocument document) => replacement switch
    {
        float value => document.AddConstant("Replacement", [value]),
        float[] values => document.AddConstant("Replacement", values, values.Length),
        double value => document.AddConstant<double>("Replacement", OnnxType.Double, [value], []),
        double[] values => document.AddConstant<double>("Replacement", OnnxType.Double, values, [values.Length]),
        _ => throw new NotSupportedException($"A missing value cannot be replaced by {replacement} in ONNX."),
    };
}
