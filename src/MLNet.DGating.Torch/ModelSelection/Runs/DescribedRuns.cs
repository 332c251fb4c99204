using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Runs;

/// <summary>Describes the runs that fits are composed of.</summary>
internal static class DescribedRuns
{
    /// <summary>Describes a path with a refit at each of its snapshots.</summary>
    /// <param name="settings">The settings of the fit.</param>
    /// <param name="trainingRows">The numbers of the rows to train on.</param>
    /// <param name="heldOutRows">The numbers of the rows to evaluate on; may be empty.</param>
    /// <param name="noise">The input noise, a deviation.</param>
    /// <param name="stop">The rule that ends the path.</param>
    public static RunDescription Path(
        this FitSettings settings, int[] trainingRows, int[] heldOutRows, double noise, StopRule stop) => new()
    {
        Settings = settings.Training,
        TrainingRows = trainingRows,
        HeldOutRows = heldOutRows,
        Stop = stop,
        Beginning = settings.Beginning,
        InputNoise = noise,
        Seed = settings.Seed,
        Effort = settings.Effort,
        Records = settings.RecordGateDynamics ? PathRecords.Gates : PathRecords.None,
    };

    /// <summary>Describes the training from scratch of a network of given groups, for which no path has a snapshot.</summary>
    /// <remarks>It is trained densely, for twice as many iterations as a refit, and then refitted.</remarks>
    public static RunDescription FromScratch(this FitSettings settings, int[] trainingRows, int[] heldOutRows, int[] groups)
    {
        int denseIterations = 2 * settings.Training.Shortened(settings.Effort).NumberOfRefitIterations;
        return settings.Path(trainingRows, heldOutRows, noise: 0, StopRule.AtCount(groups.Length)) with
        {
            Settings = settings.Training with { NumberOfDenseIterations = denseIterations },
            Groups = groups,
            Beginning = null,
            Purpose = RandomPurpose.FromScratch,
            Records = PathRecords.None,
        };
    }

    /// <summary>Describes the refit of a snapshot.</summary>
    public static RunDescription Refit(this FitSettings settings, int[] trainingRows, PathSnapshot start, double noise) => new()
    {
        Settings = settings.Training,
        TrainingRows = trainingRows,
        Start = start,
        InputNoise = noise,
        Seed = settings.Seed,
        Effort = settings.Effort,
    };

    /// <summary>Describes the evaluation of a network without further training: a refit without iterations.</summary>
    public static RunDescription Evaluation(this FitSettings settings, int[] trainingRows, int[] heldOutRows, PathSnapshot fitted) =>
        settings.Refit(trainingRows, fitted, noise: 0) with
        {
            Settings = settings.Training with { NumberOfRefitIterations = 0 },
            HeldOutRows = heldOutRows,
            Source = RowSource.Sample,
        };

    /// <summary>Gives the same results if no run was cancelled.</summary>
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
