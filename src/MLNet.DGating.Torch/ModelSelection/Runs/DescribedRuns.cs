using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Describes the runs that fits are made of.</summary>
internal static class DescribedRuns
{
    /// <summary>A path, with a refit at each of its snapshots.</summary>
    public static RunDescription Path(this FitSettings settings, int[] trainingRows, int[] heldOutRows, double noise, StopRule stop) => new()
    {
        Settings = settings.Training,
        TrainingRows = trainingRows,
        HeldOutRows = heldOutRows,
        Stop = stop,
        InputNoise = noise,
        Seed = settings.Seed,
        Effort = settings.Effort,
        Records = settings.RecordGateDynamics ? PathRecords.Gates : PathRecords.None,
    };

    /// <summary>
    /// A network of groups at which no path has been: trained from the beginning, twice as long as a refit takes, then refitted.
    /// </summary>
    public static RunDescription FromScratch(this FitSettings settings, int[] trainingRows, int[] heldOutRows, int[] groups)
    {
        int denseIterations = 2 * settings.Training.Shortened(settings.Effort).NumberOfRefitIterations;
        return settings.Path(trainingRows, heldOutRows, noise: 0, StopRule.AtCount(groups.Length)) with
        {
            Settings = settings.Training with { NumberOfDenseIterations = denseIterations },
            Groups = groups,
            Purpose = RandomPurpose.FromScratch,
            Records = PathRecords.None,
        };
    }

    /// <summary>The refit of a snapshot.</summary>
    public static RunDescription Refit(this FitSettings settings, int[] trainingRows, PathSnapshot start, double noise) => new()
    {
        Settings = settings.Training,
        TrainingRows = trainingRows,
        Start = start,
        InputNoise = noise,
        Seed = settings.Seed,
        Effort = settings.Effort,
    };

    /// <summary>The evaluation of a network as it is: a refit without iterations.</summary>
    public static RunDescription Evaluation(this FitSettings settings, int[] trainingRows, int[] heldOutRows, PathSnapshot fitted) =>
        settings.Refit(trainingRows, fitted, noise: 0) with
        {
            Settings = settings.Training with { NumberOfRefitIterations = 0 },
            HeldOutRows = heldOutRows,
        };

    /// <summary>The results, none of which was cancelled.</summary>
    /// <exception cref="OperationCanceledException">A run was cancelled.</exception>
    public static RunResult[] OrThrow(this RunResult[] results, RunContext context)
    {
        if (Array.Exists(results, result => result.IsCancelled))
        {
            context.ThrowCancelled();
        }

        return results;
    }
}
