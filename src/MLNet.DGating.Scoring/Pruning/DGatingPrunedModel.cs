using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>A pipeline that reads only what its predictions depend on, with the columns that it reads.</summary>
public sealed class DGatingPrunedModel
{
    internal DGatingPrunedModel(
        TransformerChain<ITransformer> model, DataViewSchema inputSchema, string[] droppedColumns, DGatingUnprunedStep[] unprunedSteps)
    {
        Model = model;
        InputSchema = inputSchema;
        DroppedColumns = Array.AsReadOnly(droppedColumns);
        UnprunedSteps = Array.AsReadOnly(unprunedSteps);
    }

    /// <summary>The pruned pipeline. Its predictions equal those of the original to the bit.</summary>
    public TransformerChain<ITransformer> Model { get; }

    /// <summary>The columns that the pipeline reads; what ML.NET saves beside the model.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>The columns that the original pipeline was given and the pruned one does not read.</summary>
    public IReadOnlyList<string> DroppedColumns { get; }

    /// <summary>The steps that stayed as they were, although not all of them may be needed; usually none.</summary>
    public IReadOnlyList<DGatingUnprunedStep> UnprunedSteps { get; }
}
