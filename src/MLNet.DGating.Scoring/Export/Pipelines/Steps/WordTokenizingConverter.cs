using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Text;

namespace MLNet.DGating;

/// <summary>Writes a step that splits texts into words, for any number of rows.</summary>
/// <remarks>ML.NET's own form takes one row at a time. Rows with fewer words than others end with empty ones, which have no key.</remarks>
internal sealed class WordTokenizingConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not WordTokenizingTransformer tokenizing
            || tokenizing.Columns.Any(column => input[column.InputColumnName].Type is not TextDataViewType))
        {
            return false;
        }

        (WordTokenizingEstimator.ColumnOptions Column, DeferredText? Text)[] columns =
            [.. tokenizing.Columns.Select(column => (column, pipeline.Deferred(column.InputColumnName)))];
        string?[] written = Array.ConvertAll(columns, column => column.Text is null ? Write(column.Column, pipeline) : null);
        foreach (((WordTokenizingEstimator.ColumnOptions column, DeferredText? text), string? words) in columns.Zip(written))
        {
            if (text is null)
            {
                pipeline.Set(column.Name, words!);
            }
            else
            {
                pipeline.Set(column.Name, text with { Separators = column.SeparatorsArray });
            }
        }

        return true;
    }

    private static string Write(WordTokenizingEstimator.ColumnOptions column, PipelineDocument pipeline) => OnnxTexts.Parts(
        pipeline.Document, OnnxTexts.Flat(pipeline.Document, pipeline[column.InputColumnName]),
        [.. column.SeparatorsArray.Select(separator => separator.ToString())]);
}
