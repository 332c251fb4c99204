using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Builds the result of stability selection that users read, with features by name and index.</summary>
internal static class StabilityBuilder
{
    /// <summary>Builds the result.</summary>
    /// <param name="fit">The engine's rankings.</param>
    /// <param name="rows">The rows that were halved.</param>
    /// <param name="train">Trains a model of stable groups of the training set, given the frequency of each feature.</param>
    public static DGatingStability<TTransformer> Build<TTransformer>(
        StabilityFit fit, PreparedRows rows, Func<int[], double[], CancellationToken, TTransformer> train)
        where TTransformer : ITransformer
    {
        string[] names = rows.Slots.GroupNames();
        StabilityFeature[] features = [.. rows.Slots.Groups.Select((group, i) => new StabilityFeature(i, names[i], group))];
        int[][] rankings = Array.ConvertAll(fit.Rankings, ranking => Array.ConvertAll(ranking, group => rows.GroupNumbers[group]));
        return new DGatingStability<TTransformer>(features, rankings, (stable, frequencies, cancellationToken) =>
            train(Array.ConvertAll(stable, feature => Array.IndexOf(rows.GroupNumbers, feature)), frequencies, cancellationToken));
    }
}
