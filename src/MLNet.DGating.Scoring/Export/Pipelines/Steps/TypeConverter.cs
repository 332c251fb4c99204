using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes conversions of types with dates: of texts to dates, and of dates to numbers. ML.NET writes those of numbers.</summary>
internal sealed class TypeConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not TypeConvertingTransformer converting || !converting.Columns.Any(column =>
            column.OutputKind == DataKind.DateTime || input[column.InputColumnName].Type is DateTimeDataViewType))
        {
            return false;
        }

        (string Output, string Variable)[] made =
            [.. converting.Columns.Select(column => (column.Name, Convert(column, input[column.InputColumnName].Type, pipeline)))];
        foreach ((string output, string variable) in made)
        {
            pipeline.Set(output, variable);
        }

        return true;
    }

    private static string Convert(TypeConvertingEstimator.ColumnOptions column, DataViewType from, PipelineDocument pipeline)
    {
        string source = pipeline[column.InputColumnName];
        return from switch
        {
            TextDataViewType when column.OutputKind == DataKind.DateTime => OnnxDates.Ticks(pipeline.Document, source),
            DateTimeDataViewType when column.OutputKind is DataKind.Int64 or DataKind.DateTime => source,
            DateTimeDataViewType or NumberDataViewType when column.OutputKind != DataKind.DateTime => pipeline.Document.AddNode(
                "Cast", [source], OnnxAttribute.To(OnnxTypes.Of(column.OutputKind.ToInternalDataKind().ToType()))),
            _ => throw new NotSupportedException($"'{column.InputColumnName}' cannot become {column.OutputKind} in ONNX."),
        };
    }
}
