using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>Writes a step that splits texts into words, for any number of rows.</summary>
/// <remarks>ML.NET's own form takes one row at a time. Rows with fewer words than the longest end with empty ones, which are no words.</remarks>
internal sealed class WordTokenizingConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not WordTokenizingTransformer tokenizing
            || tokenizing.Columns.Any(column => input[column.InputColumnName].Type is not TextDataViewType))
        {
            return false;
        }

        OnnxDocument document = pipeline.Document;
        (string Output, string Words)[] made =
        [
            .. tokenizing.Columns.Select(column => (column.Name, OnnxTexts.Parts(
                document, OnnxTexts.Flat(document, pipeline[column.InputColumnName]),
                [.. column.SeparatorsArray.Select(separator => separator.ToString())]))),
        ];
        foreach ((string output, string words) in made)
        {
            pipeline.Set(output, words);
        }

        return true;
    }
}
