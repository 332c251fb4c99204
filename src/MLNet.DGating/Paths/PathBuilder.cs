using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.RegularizationPath;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>From the engine's path to the one users see: features by name, losses in the label's unit.</summary>
internal static class PathBuilder
{
    public const string RuleOfChoice = "Best: the least misfit. Sparsest: the fewest features whose misfit, row by row, is within one standard error of the best's.";

    public static DGatingPath<TTransformer> Create<TTransformer>(PathFit path, PreparedRows rows, FeatureSlots slots, Func<int[], CancellationToken, TTransformer[]> refit)
        where TTransformer : ITransformer => new(
        new PathData
        {
            Points = ModelBuilder.Path(path.Path.Points, rows.Labels),
            Candidates = [.. path.CountEvaluation.Counts.Select(count => Candidate(count, rows.Labels))],
            Ranking = Ranking(path.Path, rows, slots),
            Importance = [.. path.Path.Points.Select(point => ByFeature(point.Norms!, rows, slots))],
            BestFeatureCount = path.BestCount,
            SparsestFeatureCount = path.SparsestCount,
            Judging = Judging(path.CountEvaluation),
            IsComplete = path.Path.IsComplete,
            MetricName = rows.Labels.IsNumber ? "R²" : "accuracy",
            LossName = rows.Labels.IsNumber ? "squared error" : "log-loss",
            GateDynamics = path.Path.Gates is { } gates ? Dynamics(gates, path.Path, rows, slots) : null,
        },
        refit);

    private static string Judging(CountEvaluation judgement)
    {
        string rows = judgement.Blocks is int keys ? $"{judgement.HeldOutRows} rows, {keys} sampling keys" : $"{judgement.HeldOutRows} rows";
        return judgement switch
        {
            { Counts.Count: 0 } => "Cancelled before any count was refitted and judged.",
            { Folds: 1 } => $"Judged on {judgement.HeldOutRows} held-out rows. {RuleOfChoice}",
            _ => $"{judgement.Folds}-fold cross-validation of {rows}; means and standard errors are over the folds. {RuleOfChoice}",
        };
    }

    private static DGatingPathCandidate Candidate(EvaluatedCount count, LabelCoding labels) => new(
        count.Count, labels.ToLabelUnits(count.Loss), labels.ToLabelUnits(count.LossError), count.Metric, count.MetricError, count.BoundedLoss, count.BoundedLossError);

    private static RankedFeature[] Ranking(PathResult path, PreparedRows rows, FeatureSlots slots)
    {
        string[] names = SlotNaming.NameAll(slots.Metadata.Names, slots.Count);
        IEnumerable<(int Group, double LambdaOut)> onPath = path.Ranking.Select(group => (rows.GroupNumbers[group], path.LambdaOut[group]));
        IEnumerable<(int Group, double LambdaOut)> constant = Enumerable.Range(0, slots.Groups.Length).Except(rows.GroupNumbers).Select(group => (group, 0.0));
        return [.. onPath.Concat(constant).Select((feature, i) => new RankedFeature(
            i + 1, feature.Group, SlotNaming.NameSet(names, slots.Groups[feature.Group]), slots.Groups[feature.Group], feature.LambdaOut))];
    }

    private static GateDynamics Dynamics(GateTrace trace, PathResult path, PreparedRows rows, FeatureSlots slots)
    {
        string[] names = SlotNaming.NameAll(slots.Metadata.Names, slots.Count);
        var lambdaOut = new double[slots.Groups.Length];
        for (int i = 0; i < path.LambdaOut.Length; i++)
        {
            lambdaOut[rows.GroupNumbers[i]] = path.LambdaOut[i];
        }

        return new GateDynamics(
            [.. trace.Iterations.Select(at => new GateIteration(at.Phase, at.Iteration, at.Lambda))],
            Array.ConvertAll(slots.Groups, group => SlotNaming.NameSet(names, group)),
            lambdaOut,
            [.. trace.Gates.Select(gates => ByFeature(gates, rows, slots))],
            [.. trace.PrimaryNorms.Select(norms => ByFeature(norms, rows, slots))]);
    }

    // Groups that are wholly constant are not the engine's; of them nothing is read.
    private static float[] ByFeature(float[] norms, PreparedRows rows, FeatureSlots slots)
    {
        var all = new float[slots.Groups.Length];
        for (int i = 0; i < norms.Length; i++)
        {
            all[rows.GroupNumbers[i]] = norms[i];
        }

        return all;
    }
}
