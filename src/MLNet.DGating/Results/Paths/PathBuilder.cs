using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.RegularizationPath;
using Microsoft.ML;

namespace MLNet.DGating;

/// <summary>Builds the path that users read, with features by name and losses in the label's unit.</summary>
internal static class PathBuilder
{
    /// <summary>The explanation of how the best and the sparsest candidate are chosen.</summary>
    public const string RuleOfChoice =
        "Best: the least bounded loss. " +
        "Sparsest: the fewest features whose bounded loss, row by row, is within one standard error of the best's; " +
        "none where the best is not better than a constant by two.";

    /// <summary>Builds the path.</summary>
    /// <param name="path">The engine's path.</param>
    /// <param name="rows">The rows of the path.</param>
    /// <param name="refit">Refits models of some numbers of features.</param>
    public static DGatingPath<TTransformer> Build<TTransformer>(
        FollowedPath path, PreparedRows rows, Func<int[], CancellationToken, TTransformer[]> refit)
        where TTransformer : ITransformer => new(
        new PathData
        {
            Points = [.. path.Path.Points.Select(point => point.Report(rows.Task))],
            Candidates = [.. path.Evaluation.Counts.Select(count => Candidate(count, rows))],
            Ranking = Ranking(path.Path, rows),
            Importance = [.. path.Path.Points.Select(point => rows.OfAllGroups(point.Norms!, missing: 0))],
            BestFeatureCount = path.BestCount,
            SparsestFeatureCount = path.SparsestCount,
            IsBetterThanConstant = path.Evaluation.IsBetterThanConstant ?? true,
            Judging = Judging(path.Evaluation),
            IsComplete = path.Path.IsComplete,
            MetricName = rows.Task.Metric.Name,
            LossName = rows.Task.LossName,
            GateDynamics = path.Path.Gates is { } gates ? Dynamics(gates, path.Path, rows) : null,
        },
        refit);

    private static string Judging(CountEvaluation evaluation)
    {
        string keys = evaluation.Blocks is int count ? $", {count} sampling keys" : "";
        string rows = $"{evaluation.HeldOutRows} rows{keys}";
        return evaluation switch
        {
            { Counts.Count: 0, Best: int given } =>
                $"Not judged: {given} features were asked for, and no rows were held out.",
            { Counts.Count: 0 } => "Cancelled before any count was refitted and judged.",
            { Folds: 1 } => $"Judged on {evaluation.HeldOutRows} held-out rows. {RuleOfChoice}",
            _ => $"{evaluation.Folds}-fold cross-validation of {rows}; means and standard errors are over the folds. {RuleOfChoice}",
        };
    }

    private static DGatingPathCandidate Candidate(EvaluatedCount count, PreparedRows rows) => new()
    {
        FeatureCount = count.Count,
        ValidationLoss = rows.Task.ToReportedLoss(count.Loss),
        ValidationLossStandardError = rows.Task.ToReportedLoss(count.LossError),
        Metric = count.Metric,
        MetricStandardError = count.MetricError,
        BoundedLoss = count.BoundedLoss,
        BoundedLossStandardError = count.BoundedLossError,
    };

    private static RankedFeature[] Ranking(PathResult path, PreparedRows rows)
    {
        string[] names = rows.Slots.GroupNames();
        IEnumerable<(int Group, double LambdaOut)> onPath =
            path.Ranking.Select(group => (rows.GroupNumbers[group], path.LambdaOut[group]));
        IEnumerable<(int Group, double LambdaOut)> constant =
            Enumerable.Range(0, names.Length).Except(rows.GroupNumbers).Select(group => (group, 0.0));
        return
        [
            .. onPath.Concat(constant).Select((feature, i) =>
                new RankedFeature(i + 1, feature.Group, names[feature.Group], rows.Slots.Groups[feature.Group], feature.LambdaOut)),
        ];
    }

    private static GateDynamics Dynamics(GateTrace trace, PathResult path, PreparedRows rows) => new(
        trace.Iterations, rows.Slots.GroupNames(), rows.OfAllGroups(path.LambdaOut, missing: 0),
        [.. trace.Gates.Select(gates => rows.OfAllGroups(gates, missing: 0))],
        [.. trace.PrimaryNorms.Select(norms => rows.OfAllGroups(norms, missing: 0))]);
}
