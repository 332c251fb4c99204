using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes a step that maps Booleans to words, such as a predicted label to the label's own words.</summary>
internal sealed class WordOfFlagConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not ValueMappingTransformer { ColumnPairs: [var pair] }
            || WordsOf(pipeline.Env, step, input, pair.inputColumnName) is not { } words)
        {
            return false;
        }

        string[] constants = Array.ConvertAll(words, word => pipeline.Document.AddConstant("Word", [word], 1));
        pipeline.Set(pair.outputColumnName,
            pipeline.Document.AddNode("Where", [pipeline[pair.inputColumnName], constants[1], constants[0]]));
        return true;
    }

    /// <summary>Returns the words of false and true that a step maps a column to; null of any other step.</summary>
    public static string[]? WordsOf(IHostEnvironment env, ITransformer step, DataViewSchema input, string column)
    {
        if (step is not ValueMappingTransformer { ColumnPairs: [var pair] } || pair.inputColumnName != column
            || input[column].Type is not BooleanDataViewType
            || step.GetOutputSchema(input)[pair.outputColumnName].Type is not TextDataViewType)
        {
            return null;
        }

        var rows = new ArrayDataViewBuilder(env);
        rows.AddColumn(column, BooleanDataViewType.Instance, false, true);
        return [.. step.Transform(rows.GetDataView()).GetColumn<string>(pair.outputColumnName)];
    }
}
