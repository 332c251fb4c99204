namespace MLNet.DGating.Torch;

/// <summary>
/// A whole fit. What the user gave is taken; what is open (input noise, count) is chosen on held-out rows by trial fits; then
/// the path is followed and refitted on all training rows.
/// </summary>
internal static class SelectingFit
{
    /// <param name="data">All rows.</param>
    /// <param name="trainingRows">Rows to train on.</param>
    /// <param name="validationRows">Rows to choose by; empty to hold out a part of the training rows for the choice.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="context">Messages and cancellation.</param>
    public static FitResult Run(TrainingSet data, int[] trainingRows, int[] validationRows, TrainingSettings settings, RunContext context)
    {
        var runs = new TrialRuns(data, settings, context);
        double[] noises = runs.Noises;
        int[] counts = settings.Count is int count ? [Math.Min(count, data.Groups.Count)]
            : settings.Lambda is null ? CountLadder.Of(data.Groups.Count) : [];
        ColumnScaling scaling = runs.Scaling(trainingRows);
        bool isOpen = noises.Length > 1 || counts.Length > 1;
        if (!isOpen)
        {
            return FitResult.Of(runs.Run(trainingRows, validationRows, noises, counts)[0], scaling);
        }

        if (validationRows.Length > 0)
        {
            return FitResult.Of(runs.Choice(validationRows).Choose(runs.RunForChoice(trainingRows, validationRows, noises, counts)), scaling);
        }

        (int[] training, int[] heldOut) = runs.Split(trainingRows);
        if (heldOut.Length == 0)
        {
            context.Warn($"{trainingRows.Length} rows are too few to hold some out: training without input noise, on all features unless a count was given.");
            return FitResult.Of(runs.Run(trainingRows, [], noises[..1], counts.Length == 0 ? [] : counts[..1])[0], scaling);
        }

        Trial chosen = runs.Choice(heldOut).Choose(runs.RunForChoice(training, heldOut, noises, counts));
        Trial onAll = runs.Run(trainingRows, [], [chosen.Noise], settings.Lambda is null ? [chosen.Count] : [])[0];
        return FitResult.Of(onAll with { Path = onAll.Path.WithHeldOutLosses(chosen.Path) }, scaling);
    }
}
