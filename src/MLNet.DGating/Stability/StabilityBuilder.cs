using MLNet.DGating.Torch.ModelSelection.Fits;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>From the engine's rankings to what users see: features by name and by their index among all.</summary>
internal static class StabilityBuilder
{
    /// <param name="fit">The engine's rankings.</param>
    /// <param name="rows">What was ranked.</param>
    /// <param name="slots">All features.</param>
    /// <param name="train">Makes a transformer of a network, given the frequency of each feature.</param>
    /// <param name="newReport">The reporting of one training.</param>
    public static DGatingStability<TTransformer> Create<TTransformer>(
        StabilityFit fit, PreparedRows rows, FeatureSlots slots, Func<CancellationToken, FitMonitor> newReport, Func<FitResult, double[], TTransformer> train)
        where TTransformer : ITransformer
    {
        string[] names = SlotNaming.NameAll(slots.Metadata.Names, slots.Count);
        StabilityFeature[] features = [.. slots.Groups.Select((group, i) => new StabilityFeature(i, SlotNaming.NameSet(names, group), group))];
        int[][] rankings = Array.ConvertAll(fit.Rankings, ranking => Array.ConvertAll(ranking, group => rows.GroupNumbers[group]));
        return new DGatingStability<TTransformer>(features, rankings, (stable, frequencies, cancellationToken) =>
        {
            using FitMonitor report = newReport(cancellationToken);
            return train(fit.ModelOf(Array.ConvertAll(stable, feature => Array.IndexOf(rows.GroupNumbers, feature)), report.Context), frequencies);
        });
    }
}
