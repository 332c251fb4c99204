using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes a step that maps Booleans to words, such as a predicted label to the label's own words.</summary>
internal sealed class WordOfFlagConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not ValueMappingTransformer { ColumnPairs: [var pair] } || input[pair.inputColumnName].Type is not BooleanDataViewType
            || step.GetOutputSchema(input)[pair.outputColumnName].Type is not TextDataViewType)
        {
            return false;
        }

        string[] words = Words(step, pair, pipeline);
        string[] constants = Array.ConvertAll(words, word => pipeline.Document.AddConstant("Word", [word], 1));
        pipeline.Set(pair.outputColumnName,
            pipeline.Document.AddNode("Where", [pipeline[pair.inputColumnName], constants[1], constants[0]]));
        return true;
    }

    /// <summary>Returns the words of false and true.</summary>
    private static string[] Words(ITransformer step, (string Output, string Input) pair, PipelineDocument pipeline)
    {
        var rows = new ArrayDataViewBuilder(pipeline.Env);
        rows.AddColumn(pair.Input, BooleanDataViewType.Instance, false, true);
        return [.. step.Transform(rows.GetDataView()).GetColumn<string>(pair.Output)];
    }
}
