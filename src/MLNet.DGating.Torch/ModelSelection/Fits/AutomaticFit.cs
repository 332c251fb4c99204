using System.Globalization;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Chooses input noise and count on held-out rows, unless they are given, and fits a model on all training rows.</summary>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
/// <param name="trainingRows">The numbers of the rows to train on.</param>
/// <param name="validationRows">The numbers of the rows to choose by; empty to hold out a part of the training rows.</param>
internal sealed class AutomaticFit(FitWorkflow workflow, int[] trainingRows, int[] validationRows)
{
    private readonly FitSettings _settings = workflow.Settings;
    private readonly int[] _counts = workflow.Counts;

    private int Groups => workflow.Data.Groups.Count;

    private bool TriesEnsemble => _settings.NumberOfRuns > 1 && _counts.Length > 0 && _counts[^1] < Groups;

    private bool IsOnlyNoiseOpen => _counts.Length <= 1 && !TriesEnsemble && !_settings.IsEvaluated;

    /// <summary>Carries out the fit.</summary>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static FitResult Run(FitWorkflow workflow, int[] trainingRows, int[] validationRows)
    {
        // The encoding is that of the rows before training, which may replace them.
        InputEncoding encoding = workflow.Data.Encodings.Of(trainingRows);
        Candidate model = new AutomaticFit(workflow, trainingRows, validationRows).Choose();
        double constant = RowEvaluation.OfNullModel(workflow.Data, trainingRows);
        if (model.Count > 0 && !(model.Refit.TrainingLoss < constant))
        {
            workflow.Context.Warn(string.Create(CultureInfo.InvariantCulture,
                $"The model fits its training rows no better than a constant does " +
                $"(mean loss {model.Refit.TrainingLoss:g3} against {constant:g3}). " +
                $"Either the features say nothing about the label, or training went astray: " +
                $"try a step size below {workflow.Settings.Training.LearningRate:g3}."));
        }

        return FitResult.Of(model, encoding);
    }

    // Gives the candidate that becomes the model, trained on all training rows.
    private Candidate Choose()
    {
        if (_settings.InputNoise is double given && IsOnlyNoiseOpen)
        {
            return Final(validationRows, given, StopAt(_counts));
        }

        (int[] training, int[] heldOut) = validationRows.Length > 0
            ? (trainingRows, validationRows)
            : workflow.Data.HoldOut(trainingRows, _settings.Seed);
        if (heldOut.Length == 0)
        {
            workflow.Context.Warn(
                $"{trainingRows.Length} rows are too few to hold some out: " +
                "training without input noise, on all features unless a count was given.");
            return Final([], _settings.InputNoise ?? 0, StopAt(_counts.Length == 0 ? [] : _counts[..1]));
        }

        double[] noises = workflow.NoiseLevels((training, heldOut));
        return noises.Length == 1 && IsOnlyNoiseOpen
            ? Final(validationRows, noises[0], StopAt(_counts))
            : ChooseAmong(noises, training, heldOut);
    }

    private Candidate ChooseAmong(double[] noises, int[] training, int[] heldOut)
    {
        string counts = _counts.Length > 0 ? string.Join(", ", _counts)
            : _settings.Stop is StopRule.WithinBudget ? "what the budget pays for"
            : "what λ leaves";
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Choosing on {heldOut.Length} held-out rows: input noise among {string.Join(", ", noises)}; feature count among {counts}."));
        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        Candidate chosen = selector.Choose(workflow.TryCandidates(training, heldOut, noises, StopAt(_counts)));
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Chosen: input noise {chosen.Noise}, {chosen.Count} feature groups " +
            $"(mean loss on the held-out rows {selector.MeanLoss(chosen).Mean:g4})."));
        Candidate? ensemble = TriesEnsemble && chosen.Count < Groups
            ? new EnsembleFit(workflow, training, heldOut).BetterThan(chosen, noises, chosen.Count)
            : null;
        return ensemble is null ? OnAllRows(chosen) : EnsembleOnAllRows(ensemble);
    }

    private Candidate OnAllRows(Candidate chosen)
    {
        if (validationRows.Length > 0 && workflow.Data.Stream is null)
        {
            return chosen;
        }

        Candidate onAll = Final(validationRows, chosen.Noise, StopAt(_counts.Length > 0 ? [chosen.Count] : []));
        return validationRows.Length > 0 ? onAll : onAll with
        {
            Path = onAll.Path.WithHeldOutLosses(chosen.Path),
            Refit = onAll.Refit with { HeldOutMetric = chosen.Refit.HeldOutMetric },
        };
    }

    private Candidate EnsembleOnAllRows(Candidate ensemble)
    {
        if (workflow.Data.Stream is { } stream)
        {
            workflow.Context.Warn(
                "The runs that are averaged, and the network of their features, are trained on the sample of " +
                $"{trainingRows.Length} of {stream.Rows} rows that is in memory.");
        }

        if (validationRows.Length > 0)
        {
            return ensemble;
        }

        Candidate onAll = new EnsembleFit(workflow, trainingRows, [], isForChoice: false).At(ensemble.Noise, ensemble.Count);
        return onAll with { Path = onAll.Path.WithHeldOutLosses(ensemble.Path) };
    }

    private StopRule StopAt(int[] counts) => counts.Length > 0 ? new StopRule.AtCounts(counts) : _settings.Stop;

    // Carries out the run that becomes the model, on all training rows. Where those are a sample of a stream, they are the pool of it.
    private Candidate Final(int[] heldOut, double noise, StopRule stop)
    {
        RunDescription run = _settings.Path(trainingRows, heldOut, noise, stop) with { StreamsRows = true };
        return workflow.Executor.Execute([run]).OrThrow(workflow.Context)[0].Candidates()[0];
    }
}
