using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests.RegularizationPath;

/// <summary>Paths and fits on planted data, with the settings of a small run.</summary>
internal static class Runs
{
    public static TrainingSettings Settings(Loss loss) => new()
    {
        Loss = loss, Hidden = [8], BatchSize = 32, DenseIterations = 5, HoldIterations = 20, RefitIterations = 10, LambdaGrowth = 1.1, InputNoise = 0, Seed = 1,
    };

    public static TrainingSettings Linear(Loss loss) => Settings(loss) with { Hidden = [] };

    public static PathRun Path(TrainingSet data, TrainingSettings settings, RunContext? context = null, int[]? heldOut = null)
    {
        int[] rows = All(data);
        return new PathRun(
            data, new FeatureRows(data.Features, ColumnScaling.Compute(data.Features, rows, data.Weights)), heldOut is null ? rows : [.. rows.Except(heldOut)],
            heldOut ?? [], settings.InputNoise ?? 0, settings, new RandomStream(settings.Seed, 1), context ?? RunContext.Silent);
    }

    public static PathResult FollowToCounts(TrainingSet data, TrainingSettings settings, int[] counts, RunContext? context = null, int[]? heldOut = null)
    {
        using PathRun run = Path(data, settings, context, heldOut);
        return run.FollowToCounts(counts);
    }

    public static PathResult FollowToLambda(TrainingSet data, TrainingSettings settings, double lambda, RunContext? context = null)
    {
        using PathRun run = Path(data, settings, context);
        return run.FollowToLambda(lambda);
    }

    /// <summary>A path to the settings' λ, polished, from the end given or from where the path got.</summary>
    public static PathResult Certified(TrainingSet data, TrainingSettings settings, PathSnapshot? end = null, int[]? heldOut = null)
    {
        int[] rows = heldOut is null ? All(data) : [.. All(data).Except(heldOut)];
        var runs = new TrialRuns(data, settings, RunContext.Silent);
        FeatureRows features = runs.Features(rows);
        PathResult? path = null;
        runs.Follow(features, rows, heldOut ?? [], 0, run => run.FollowToLambda(settings.Lambda!.Value), ref path);
        return runs.StationaryPointSolver(features, rows, heldOut ?? [], end is null ? path! : path! with { Snapshots = [end] });
    }

    public static RefitResult Refit(TrainingSet data, TrainingSettings settings, PathSnapshot snapshot, int[]? heldOut = null) => Torch.Evaluation.Refit.Run(
        data, new FeatureRows(data.Features, ColumnScaling.Compute(data.Features, All(data), data.Weights)), All(data), heldOut ?? [],
        snapshot, settings, new RandomStream(settings.Seed, 2), RunContext.Silent);

    public static FitResult Fit(TrainingSet data, TrainingSettings settings, RunContext? context = null) =>
        AutomaticFit.Run(data, All(data), [], settings, context ?? RunContext.Silent);

    public static int[] All(TrainingSet data) => [.. Enumerable.Range(0, data.Rows)];

    public static float[] Values(NetworkState state) =>
        [.. state.Primary, .. state.Gates, .. state.GatedBias, .. state.Dense.SelectMany(layer => (float[])[.. layer.Weights, .. layer.Bias])];
}
