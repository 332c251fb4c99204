using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Prunes a pipeline: from its end back to its inputs it finds what is needed, and makes each step for that.</summary>
internal static class PipelinePruning
{
    public static DGatingPrunedModel Prune(
        IHostEnvironment env, ITransformer model, DataViewSchema inputSchema, IReadOnlyCollection<string> keptColumns)
    {
        IHost host = env.Register(nameof(PipelinePruning));
        using IChannel channel = host.Start("Pruning");
        ITransformer[] transformers = [.. PrunableSteps.Flatten(model)];
        DataViewSchema[] schemas = PipelineOutputs.Schemas(transformers, inputSchema);
        PrunableStep[] steps = [.. transformers.Zip(schemas, (transformer, input) => PrunableSteps.Of(host, transformer, input))];

        var needs = new ColumnNeeds();
        foreach (string column in Outputs(transformers, schemas, keptColumns))
        {
            needs.Add(column, SlotSet.Whole);
        }

        foreach (PrunableStep step in steps.Reverse())
        {
            step.Trace(needs);
        }

        DataViewSchema read = Select(inputSchema, needs);
        var layouts = new ColumnLayouts(read);
        var pruned = new List<ITransformer>();
        foreach (ITransformer transformer in steps.SelectMany(step => step.Rebuild(layouts)))
        {
            layouts.Append(transformer);
            pruned.Add(transformer);
        }

        DGatingUnprunedStep[] unpruned =
        [
            .. steps.Index().Where(step => step.Item.Obstacle is not null).Select(step =>
                new DGatingUnprunedStep
                {
                    Index = step.Index,
                    Name = transformers[step.Index].GetType().Name.Split('`')[0],
                    Reason = step.Item.Obstacle!,
                }),
        ];
        foreach (DGatingUnprunedStep step in unpruned)
        {
            channel.Warning(step.ToString());
        }

        string[] dropped =
            [.. inputSchema.Where(column => !column.IsHidden && !needs.Contains(column.Name)).Select(column => column.Name)];
        return new DGatingPrunedModel(host, new TransformerChain<ITransformer>([.. pruned]), read, dropped, unpruned);
    }

    private static IEnumerable<string> Outputs(
        ITransformer[] transformers, DataViewSchema[] schemas, IReadOnlyCollection<string> keptColumns)
    {
        string[] outputs = PipelineOutputs.Of(transformers, schemas);
        if (outputs.Length == 0 && keptColumns.Count == 0)
        {
            throw new ArgumentException(
                "The model has no step that predicts, so nothing says which of its columns are needed. Name them in keptColumns.",
                nameof(keptColumns));
        }

        return keptColumns.FirstOrDefault(column => schemas[^1].GetColumnOrNull(column) is null) is { } unknown
            ? throw new ArgumentException($"The model's output has no column '{unknown}'.", nameof(keptColumns))
            : outputs.Concat(keptColumns);
    }

    private static DataViewSchema Select(DataViewSchema schema, ColumnNeeds needs)
    {
        var columns = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in schema.Where(column => !column.IsHidden && needs.Contains(column.Name)))
        {
            columns.AddColumn(column.Name, column.Type, column.Annotations);
        }

        return columns.ToSchema();
    }
}
