using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Writes a concatenation, for any number of rows.</summary>
internal sealed class ConcatenationConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not ColumnConcatenatingTransformer concatenating)
        {
            return false;
        }

        (string Output, string Variable)[] made =
        [
            .. concatenating.Columns.Select(column => (column.outputColumnName, column.inputColumnNames.Length == 1
                ? pipeline[column.inputColumnNames[0]]
                : pipeline.Document.AddNode(
                    "Concat", Array.ConvertAll(column.inputColumnNames, name => pipeline[name]), OnnxAttribute.Axis(1)))),
        ];
        foreach ((string output, string variable) in made)
        {
            pipeline.Set(output, variable);
        }

        return true;
    }
}
