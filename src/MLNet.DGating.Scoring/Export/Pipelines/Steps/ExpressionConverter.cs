using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Writes expressions of ML.NET's language over one column, or over several that are no vectors.</summary>
internal sealed class ExpressionConverter : StepConverter
{
    public override bool TryWrite(ITransformer step, DataViewSchema input, PipelineDocument pipeline)
    {
        if (step is not ExpressionTransformer || MLNetFields.Read<ExpressionTransformer.ColumnInfo[]>(step, "_columns") is not { } columns
            || columns.Any(column => column.VectorInputColumn >= 0 && column.InputColumnNames.Length > 1))
        {
            return false;
        }

        (string Output, string Variable)[] made = Array.ConvertAll(columns, column =>
        {
            DataViewType[] types = Array.ConvertAll(column.InputColumnNames, name => (DataViewType)input[name].Type.GetItemType());
            LambdaNode lambda = ExpressionEstimator.ParseAndBindLambda(pipeline.Env, column.Expression, -1, types, out _);
            string[] variables = Array.ConvertAll(column.InputColumnNames, name => pipeline[name]);
            return (column.OutputColumnName, new ExpressionWriter(pipeline.Document, variables).Write(lambda.Expr));
        });
        foreach ((string output, string variable) in made)
        {
            pipeline.Set(output, variable);
        }

        return true;
    }
}
