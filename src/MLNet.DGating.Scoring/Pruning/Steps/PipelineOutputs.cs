using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Finds the columns that a pipeline is for: what its models predict, and what is made of that behind the last of them.</summary>
internal static class PipelineOutputs
{
    /// <summary>Returns the columns before each step, and those at the end.</summary>
    public static DataViewSchema[] Schemas(IReadOnlyList<ITransformer> steps, DataViewSchema inputSchema)
    {
        var schemas = new DataViewSchema[steps.Count + 1];
        schemas[0] = inputSchema;
        for (int i = 0; i < steps.Count; i++)
        {
            schemas[i + 1] = steps[i].GetOutputSchema(schemas[i]);
        }

        return schemas;
    }

    /// <summary>Returns the names, in the order in which the columns are made; none where nothing predicts.</summary>
    /// <param name="steps">The steps of the pipeline.</param>
    /// <param name="schemas">The columns before each of them, and those at the end.</param>
    public static string[] Of(IReadOnlyList<ITransformer> steps, DataViewSchema[] schemas)
    {
        int last = steps.Index().LastOrDefault(step => PredictionSteps.IsPrediction(step.Item), (-1, null!)).Index;
        var outputs = new List<string>();
        for (int i = 0; i < steps.Count && last >= 0; i++)
        {
            bool isSelection = steps[i] is ColumnSelectingTransformer { KeepColumns: true };
            if (i > last && isSelection)
            {
                outputs.AddRange(schemas[i + 1].Where(column => !column.IsHidden).Select(column => column.Name));
            }
            else if (i > last || PredictionSteps.IsPrediction(steps[i]))
            {
                outputs.AddRange(StepColumns.Made(schemas[i + 1], schemas[i]).Select(column => column.Name));
            }
        }

        return [.. outputs.Distinct().Where(column => schemas[^1].GetColumnOrNull(column) is not null)];
    }
}
