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
        DataViewSchema[] schemas = Schemas(transformers, inputSchema);
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
                new DGatingUnprunedStep(step.Index, transformers[step.Index].GetType().Name.Split('`')[0], step.Item.Obstacle!)),
        ];
        foreach (DGatingUnprunedStep step in unpruned)
        {
            channel.Warning(step.ToString());
        }

        string[] dropped = [.. inputSchema.Where(column => !column.IsHidden).Select(column => column.Name).Where(column => !needs.Contains(column))];
        return new DGatingPrunedModel(new TransformerChain<ITransformer>([.. pruned]), read, dropped, unpruned);
    }

    // The columns before each step, and those at the end.
    private static DataViewSchema[] Schemas(ITransformer[] transformers, DataViewSchema inputSchema)
    {
        var schemas = new DataViewSchema[transformers.Length + 1];
        schemas[0] = inputSchema;
        for (int i = 0; i < transformers.Length; i++)
        {
            schemas[i + 1] = transformers[i].GetOutputSchema(schemas[i]);
        }

        return schemas;
    }

    // What models predict, and what is made of it behind the last of them.
    private static HashSet<string> Outputs(ITransformer[] transformers, DataViewSchema[] schemas, IReadOnlyCollection<string> keptColumns)
    {
        int last = Array.FindLastIndex(transformers, PredictionSteps.IsPrediction);
        if (last < 0 && keptColumns.Count == 0)
        {
            throw new ArgumentException(
                "The model has no step that predicts, so nothing says which of its columns are needed. Name them in keptColumns.",
                nameof(keptColumns));
        }

        HashSet<string> outputs = [.. keptColumns];
        for (int i = 0; i < transformers.Length; i++)
        {
            bool isSelection = transformers[i] is Microsoft.ML.Transforms.ColumnSelectingTransformer { KeepColumns: true };
            if (PredictionSteps.IsPrediction(transformers[i]) || (i > last && last >= 0 && !isSelection))
            {
                outputs.UnionWith(StepColumns.Made(schemas[i + 1], schemas[i]).Select(column => column.Name));
            }
            else if (i > last && last >= 0)
            {
                outputs.UnionWith(schemas[i + 1].Where(column => !column.IsHidden).Select(column => column.Name));
            }
        }

        DataViewSchema end = schemas[^1];
        if (keptColumns.FirstOrDefault(column => end.GetColumnOrNull(column) is null) is { } unknown)
        {
            throw new ArgumentException($"The model's output has no column '{unknown}'.", nameof(keptColumns));
        }

        outputs.RemoveWhere(column => end.GetColumnOrNull(column) is null);
        return outputs;
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
