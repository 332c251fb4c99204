using MLNet.DGating.Torch.Backends.Cpu;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Tests;

/// <summary>Carries out small runs and fits on planted data.</summary>
internal static class TestRuns
{
    /// <summary>A fit of networks with eight neurons, without input noise.</summary>
    public static FitSettings Small { get; } = new()
    {
        Training = new TrainingSettings
        {
            HiddenLayers = [8],
            BatchSize = 32,
            NumberOfDenseIterations = 5,
            NumberOfHoldIterations = 20,
            NumberOfRefitIterations = 10,
            LambdaGrowth = 1.1,
        },
        InputNoise = 0,
        Seed = 1,
    };

    /// <summary>The same without hidden layers.</summary>
    public static FitSettings Linear { get; } = Small.With(training => training with { HiddenLayers = [] });

    /// <summary>Runs in batches on the CPU, as they are on any other device.</summary>
    public static ExecutionSettings Batched { get; } = new() { IsBatchedOnCpu = true };

    /// <summary>Runs on so many threads of the CPU.</summary>
    public static ExecutionSettings OnThreads(int count) => new() { NumberOfThreads = count };

    /// <summary>The same fit, trained otherwise.</summary>
    public static FitSettings With(this FitSettings settings, Func<TrainingSettings, TrainingSettings> change) =>
        settings with { Training = change(settings.Training) };

    /// <summary>The same fit with a count.</summary>
    public static FitSettings At(this FitSettings settings, int count) => settings with { Stop = StopRule.AtCount(count) };

    /// <summary>The same fit at a λ.</summary>
    public static FitSettings AtLambda(this FitSettings settings, double lambda, bool isCertified = false) =>
        settings with { Stop = new StopRule.AtLambda(lambda, isCertified) };

    /// <summary>Carries out a run on this thread; what stopped it is thrown.</summary>
    public static RunResult Carry(TrainingSet data, RunDescription run, RunContext? context = null)
    {
        RunContext listener = context ?? RunContext.Silent;
        RunResult[] results = [RunCarrier.Carry(run, data, CpuScope.Instance, listener)];
        return results.OrThrow(listener)[0];
    }

    /// <summary>Follows a path on all rows but the held-out ones; refits nothing.</summary>
    public static PathResult Follow(
        TrainingSet data, FitSettings settings, StopRule stop, RunContext? context = null, int[]? heldOut = null)
    {
        RunDescription run = settings.Path(AllBut(data, heldOut), heldOut ?? [], settings.InputNoise ?? 0, stop) with { Refits = false };
        return Carry(data, run, context).Path!;
    }

    public static PathResult FollowToCounts(
        TrainingSet data, FitSettings settings, int[] counts, RunContext? context = null, int[]? heldOut = null) =>
        Follow(data, settings, new StopRule.AtCounts(counts), context, heldOut);

    public static PathResult FollowToLambda(TrainingSet data, FitSettings settings, double lambda) =>
        Follow(data, settings, new StopRule.AtLambda(lambda));

    /// <summary>Follows a path to a λ and takes its end to a stationary point.</summary>
    public static PathResult Certified(TrainingSet data, FitSettings settings, double lambda, int[]? heldOut = null) =>
        Follow(data, settings, new StopRule.AtLambda(lambda, IsCertified: true), heldOut: heldOut);

    /// <summary>Refits a snapshot on all rows.</summary>
    public static RefitResult Refit(TrainingSet data, FitSettings settings, PathSnapshot snapshot, int[]? heldOut = null) =>
        Carry(data, settings.Refit(All(data), snapshot, noise: 0) with { HeldOutRows = heldOut ?? [] }).Refits[0].Result;

    /// <summary>What a fit is composed with; to be disposed.</summary>
    public static FitWorkflow Workflow(
        TrainingSet data, FitSettings settings, ExecutionSettings? execution = null, RunContext? context = null)
    {
        RunContext listener = context ?? RunContext.Silent;
        return new FitWorkflow(data, settings, RunExecutor.Create(data, execution ?? new ExecutionSettings(), listener), listener);
    }

    /// <summary>A whole fit on all rows, with its own choices.</summary>
    public static FitResult Fit(TrainingSet data, FitSettings settings, ExecutionSettings? execution = null, RunContext? context = null)
    {
        using FitWorkflow workflow = Workflow(data, settings, execution, context);
        return AutomaticFit.Run(workflow, All(data), []);
    }

    /// <summary>How a fit does on some rows, as a search evaluates it.</summary>
    public static RefitResult Evaluate(TrainingSet data, FitSettings settings, FitResult fit, int[] trainingRows, int[] rows) =>
        Carry(data, settings.Evaluation(trainingRows, rows, new PathSnapshot(fit.Groups, fit.State))).Refits[0].Result;

    public static int[] All(TrainingSet data) => [.. Enumerable.Range(0, data.Rows)];

    public static int[] AllBut(TrainingSet data, int[]? rows) => [.. All(data).Except(rows ?? [])];

    /// <summary>All parameters, one after the other.</summary>
    public static float[] Values(NetworkState state) =>
        [.. state.Primary, .. state.Gates, .. state.Ungated().SelectMany(block => block)];
}
