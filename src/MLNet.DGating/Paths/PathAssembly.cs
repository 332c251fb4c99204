using Microsoft.ML;
using MLNet.DGating.Torch;

namespace MLNet.DGating;

/// <summary>From the engine's path to the one users see: features by name, losses in the label's unit.</summary>
internal static class PathAssembly
{
    public static DGatingPath<TTransformer> Create<TTransformer>(PathFit path, PreparedRows rows, FeatureSlots slots, Func<int, TTransformer> refit)
        where TTransformer : ITransformer
    {
        DGatingPathCandidate[] candidates = [.. path.Trials.Select(trial =>
        {
            (double misfit, double error) = path.Judge(trial);
            return new DGatingPathCandidate(trial.Count, rows.Labels.ToLabelUnits(path.MeanLoss(trial)), trial.Refit.HeldOutMetric, misfit, error);
        })];
        return new DGatingPath<TTransformer>(
            ModelAssembly.Path(path.Path.Points, rows.Labels), candidates, path.Best.Count, path.Sparsest.Count, Ranking(path.Path, rows, slots), refit);
    }

    private static RankedFeature[] Ranking(PathResult path, PreparedRows rows, FeatureSlots slots)
    {
        string[] names = SlotNaming.NameAll(slots.Metadata.Names, slots.Count);
        IEnumerable<(int Group, double LambdaOut)> onPath = path.Ranking.Select(group => (rows.GroupNumbers[group], path.LambdaOut[group]));
        IEnumerable<(int Group, double LambdaOut)> constant = Enumerable.Range(0, slots.Groups.Length).Except(rows.GroupNumbers).Select(group => (group, 0.0));
        return [.. onPath.Concat(constant).Select((feature, i) => new RankedFeature(
            i + 1, feature.Group, SlotNaming.NameSet(names, slots.Groups[feature.Group]), slots.Groups[feature.Group], feature.LambdaOut))];
    }
}
