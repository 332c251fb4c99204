using System.Globalization;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>
/// A whole fit. What the user gave is taken; what is open (input noise, count) is chosen on held-out rows by trial fits; then
/// the path is followed and refitted on all training rows.
/// </summary>
internal static class AutomaticFit
{
    /// <param name="data">All rows.</param>
    /// <param name="trainingRows">Rows to train on.</param>
    /// <param name="validationRows">Rows to choose by; empty to hold out a part of the training rows for the choice.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="context">Messages and cancellation.</param>
    public static FitResult Run(TrainingSet data, int[] trainingRows, int[] validationRows, TrainingSettings settings, RunContext context)
    {
        var runs = new TrialRuns(data, settings, context);
        // Before training, which may replace rows.
        ColumnScaling scaling = runs.Scaling(trainingRows);
        Candidate trial = Choose(runs, data, scaling, trainingRows, validationRows, settings, context);
        double constant = RowEvaluation.OfConstant(data, trainingRows, settings.Loss);
        if (trial.Count > 0 && !(trial.Refit.TrainingLoss < constant))
        {
            context.Warn(string.Create(CultureInfo.InvariantCulture,
                $"The model fits its training rows no better than a constant does (mean loss {trial.Refit.TrainingLoss:g3} against {constant:g3}). " +
                $"Either the features say nothing about the label, or training went astray: try a step size below {settings.LearningRate:g3}."));
        }

        return FitResult.Of(trial, scaling);
    }

    // The trial that is the model: trained on all training rows.
    private static Candidate Choose(TrialRuns runs, TrainingSet data, ColumnScaling scaling, int[] trainingRows, int[] validationRows, TrainingSettings settings, RunContext context)
    {
        int[] counts = settings.Count is int count ? [Math.Min(count, data.Groups.Count)]
            : settings.EndsAtCount ? CountGrid.Of(data.Groups) : [];
        bool isEnsembleTried = settings.Runs > 1 && counts.Length > 0 && counts[^1] < data.Groups.Count;
        bool isOnlyNoiseOpen = counts.Length <= 1 && !isEnsembleTried && !settings.IsJudged;
        if (settings.InputNoise is double given && isOnlyNoiseOpen)
        {
            return runs.RunFinal(scaling, trainingRows, validationRows, given, counts);
        }

        (int[] training, int[] heldOut) = validationRows.Length > 0 ? (trainingRows, validationRows) : runs.Split(trainingRows);
        if (heldOut.Length == 0)
        {
            context.Warn($"{trainingRows.Length} rows are too few to hold some out: training without input noise, on all features unless a count was given.");
            return runs.RunFinal(scaling, trainingRows, [], settings.InputNoise ?? 0, counts.Length == 0 ? [] : counts[..1]);
        }

        double[] noises = runs.ForChoice.NoisesFor((training, heldOut));
        if (noises.Length == 1 && isOnlyNoiseOpen)
        {
            return runs.RunFinal(scaling, trainingRows, validationRows, noises[0], counts);
        }

        context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Choosing on {heldOut.Length} held-out rows: input noise among {string.Join(", ", noises)}; feature count among {(counts.Length == 0 ? settings.Budget is null ? "what λ leaves" : "what the budget pays for" : string.Join(", ", counts))}."));
        OneStandardErrorSelector choice = runs.Choice(heldOut);
        Candidate[] trials = runs.ForChoice.Run(training, heldOut, noises, counts);
        Candidate chosen = choice.Choose(trials);
        context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Chosen: input noise {chosen.Noise}, {chosen.Count} feature groups (mean loss on the held-out rows {choice.MeanLoss(chosen).Mean:g4})."));
        Candidate? ensemble = isEnsembleTried && chosen.Count < data.Groups.Count
            ? new EnsembleFit(settings, runs.ForChoice).BetterThan(chosen, noises, chosen.Count, training, heldOut, choice, context.Inform)
            : null;
        if (ensemble is not null && data.Stream is { } stream)
        {
            context.Warn($"The runs that are averaged, and the network of their features, are trained on the sample of {trainingRows.Length} of {stream.Rows} rows that is in memory.");
        }

        bool isFinished = validationRows.Length > 0 && (ensemble is not null || data.Stream is null);
        if (isFinished)
        {
            return ensemble ?? chosen;
        }

        if (ensemble is not null)
        {
            Candidate ensembleOnAll = new EnsembleFit(settings, runs).Run(trainingRows, [], ensemble.Noise, ensemble.Count);
            return ensembleOnAll with { Path = ensembleOnAll.Path.WithHeldOutLosses(ensemble.Path) };
        }

        Candidate onAll = runs.RunFinal(scaling, trainingRows, validationRows, chosen.Noise, settings.EndsAtCount ? [chosen.Count] : []);
        return validationRows.Length > 0 ? onAll : onAll with { Path = onAll.Path.WithHeldOutLosses(chosen.Path), Refit = onAll.Refit with { HeldOutMetric = chosen.Refit.HeldOutMetric } };
    }
}
