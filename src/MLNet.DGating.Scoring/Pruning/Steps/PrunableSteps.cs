using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace MLNet.DGating;

/// <summary>Takes pipelines apart into steps, and finds how each is pruned.</summary>
internal static class PrunableSteps
{
    public static PrunableStep Of(IHostEnvironment env, ITransformer transformer, DataViewSchema input) => transformer switch
    {
        ColumnConcatenatingTransformer concatenating => new ConcatenatingStep(env, concatenating, input),
        ColumnSelectingTransformer selecting => new SelectingStep(env, selecting),
        SlotsDroppingTransformer dropping when SlotDroppingStep.Covers(dropping, input) => new SlotDroppingStep(env, dropping, input),
        OneToOneTransformerBase columnwise when TransformerParts.CanSelect(columnwise) => new ColumnwiseStep(columnwise, input),
        _ when PredictionSteps.Selection(transformer) is not null => new PredictingStep(env, transformer, input),
        _ => new OtherStep(transformer, input),
    };

    /// <summary>Returns the transformers that score rows, one after another, without those that only hold others.</summary>
    public static IEnumerable<ITransformer> Flatten(ITransformer model) => model switch
    {
        ITransformerChainAccessor chain => chain.Transformers.Zip(chain.Scopes)
            .Where(step => step.Second.HasFlag(TransformerScope.Scoring)).SelectMany(step => Flatten(step.First)),
        _ when MLNetFields.HeldChain(model) is { } held => Flatten(held),
        _ => [model],
    };
}
