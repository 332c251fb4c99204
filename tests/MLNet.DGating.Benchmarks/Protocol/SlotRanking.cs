using Microsoft.ML;

namespace MLNet.DGating.Benchmarks;

/// <summary>The second half of a baseline that ranks slots: keep the first, train on them anew.</summary>
internal static class SlotRanking
{
    /// <param name="context">The context.</param>
    /// <param name="data">The rows.</param>
    /// <param name="importance">Of each slot.</param>
    /// <param name="count">How many slots to keep.</param>
    /// <param name="trainer">What is trained on them.</param>
    public static FittedSelection Refit(MLContext context, SplitData data, IEnumerable<double> importance, int count, IEstimator<ITransformer> trainer)
    {
        var support = new bool[data.Features];
        foreach ((int slot, _) in importance.Index().OrderByDescending(slot => slot.Item).Take(count))
        {
            support[slot] = true;
        }

        ITransformer selection = SlotSelection.Create(context, "Features", "Features", support);
        return new FittedSelection(selection.Append(trainer.Fit(selection.Transform(data.Training))), count);
    }

    /// <summary>One after the other.</summary>
    public static ITransformer Append(this ITransformer first, ITransformer second) => new Microsoft.ML.Data.TransformerChain<ITransformer>(first, second);
}
