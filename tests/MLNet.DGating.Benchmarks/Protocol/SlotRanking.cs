using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>Trains models on the most important slots, for baselines that rank slots.</summary>
internal static class SlotRanking
{
    /// <summary>Keeps the most important slots and trains a model on them from scratch.</summary>
    /// <param name="context">The context.</param>
    /// <param name="data">The rows.</param>
    /// <param name="importance">The importance of each slot.</param>
    /// <param name="count">The number of slots to keep.</param>
    /// <param name="trainer">Trains the model.</param>
    public static FittedSelection Refit(
        MLContext context, SplitData data, IEnumerable<double> importance, int count, IEstimator<ITransformer> trainer)
    {
        bool[] support = new bool[data.Features];
        foreach ((int slot, _) in importance.Index().OrderByDescending(slot => slot.Item).Take(count))
        {
            support[slot] = true;
        }

        ITransformer selection = SlotSelection.Create(context, "Features", "Features", support);
        return new FittedSelection(selection.Append(trainer.Fit(selection.Transform(data.Training))), count);
    }

    /// <summary>Creates a transformer that applies two transformers one after the other.</summary>
    public static ITransformer Append(this ITransformer first, ITransformer second) =>
        new Microsoft.ML.Data.TransformerChain<ITransformer>(first, second);
}
