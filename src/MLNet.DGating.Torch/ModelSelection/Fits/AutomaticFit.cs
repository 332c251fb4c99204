using System.Globalization;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
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
    private readonly EmbeddingChoice _embedding = new(workflow);

    private int Groups => workflow.Data.Groups.Count;

    private bool TriesEnsemble => _settings.NumberOfRuns > 1 && _counts.Length > 0 && _counts[^1] < Groups;

    // Whether no further run follows the one that trains on all rows.
    private bool IsLastRun => _settings is { NumberOfRuns: 1, EnsembleSize: 1, SelectsNeurons: false };

    // Whether the candidate that is chosen on validation rows is the model, since it was trained on all training rows.
    private bool IsModel => validationRows.Length > 0 && workflow.Data.Stream is null;

    private bool IsOnlyNoiseOpen => _counts.Length <= 1 && !TriesEnsemble && !_settings.IsEvaluated && !IsCalibrated;

    private bool IsCalibrated => validationRows.Length == 0 && workflow.CalibratesGivenCount(trainingRows.Length);

    /// <summary>Carries out the fit.</summary>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static FitResult Run(FitWorkflow workflow, int[] trainingRows, int[] validationRows)
    {
        workflow = (workflow with { ChoosesOnSample = true }).WithEncoding(trainingRows, validationRows);
        if (workflow.Data.Stream is not null)
        {
            // Encodings are those of the rows before training, which replaces them.
            workflow.Data.EncodingBy(trainingRows, isPiecewise: false);
            if (workflow.Settings.Training.IsPiecewise || new EmbeddingChoice(workflow).IsTried(trainingRows))
            {
                workflow.Data.EncodingBy(trainingRows, isPiecewise: true);
            }
        }

        FittedCandidate fitted = new AutomaticFit(workflow, trainingRows, validationRows).Fit();
        fitted = workflow.Settings.SelectsNeurons ? new NeuronChoice(workflow).Reduced(fitted, validationRows) : fitted;
        return new MemberNetworks(workflow).Joined(fitted).Model(workflow);
    }

    private FittedCandidate Fit()
    {
        if (_settings.InputNoise is double given && IsOnlyNoiseOpen)
        {
            return OneRun(given, _counts);
        }

        (int[] training, int[] heldOut) = validationRows.Length > 0
            ? (trainingRows, validationRows)
            : workflow.Data.HoldOut(trainingRows, _settings.Seed);
        if (heldOut.Length == 0)
        {
            if (_settings.InputNoise is null || !IsCalibrated)
            {
                workflow.Context.Warn(
                    $"{trainingRows.Length} rows are too few to hold some out: " +
                    "training without input noise, on all features unless a count was given.");
            }

            return OneRun(_settings.InputNoise ?? 0, _counts.Length == 0 ? [] : _counts[..1]);
        }

        double[] noises = workflow.NoiseLevels((training, heldOut));
        return noises.Length == 1 && IsOnlyNoiseOpen ? OneRun(noises[0], _counts) : ChooseAmong(noises, training, heldOut);
    }

    // Where nothing is left to choose, a single run is the model. Of many rows it holds out a few, for the length of its refit, but not of
    // those over which a certificate is computed.
    private FittedCandidate OneRun(double noise, int[] counts)
    {
        bool isOnAll = validationRows.Length > 0 || workflow.Data.Stream is not null
            || _settings.Stop is StopRule.AtLambda { IsCertified: true };
        (int[] training, int[] heldOut) = isOnAll
            ? (trainingRows, validationRows)
            : workflow.Data.HoldOutOfMany(trainingRows, _settings.Seed);
        bool triesEmbedding = _embedding.IsTried(trainingRows), isJudged = triesEmbedding && heldOut.Length > 0;
        Candidate model = Carry(PathTo(counts, noise) with
        {
            TrainingRows = training, HeldOutRows = heldOut, EndOfRounds = isJudged ? EmbeddingChoice.FirstRounds : null,
        });
        (EmbeddingSettings Settings, double HeldOutMetric)? better =
            isJudged ? _embedding.BetterThan(model, training, heldOut, Finished)
            : triesEmbedding ? _embedding.BetterThan(model, training)
            : null;
        FittedCandidate fitted = heldOut.Length == 0
            ? FittedCandidate.Unevaluated(workflow, model, training)
            : FittedCandidate.Evaluated(workflow, model, training, heldOut);
        // An embedded network begins from scratch, so that the rows that were held out are trained on as well.
        return better is null
            ? fitted
            : new FittedCandidate(_embedding.Trained(model, better.Value, trainingRows), trainingRows, fitted.IsBetterThanConstant);

        Candidate Finished() => model = new CandidateRace(workflow, training, heldOut).Finish(model);
    }

    private FittedCandidate ChooseAmong(double[] noises, int[] training, int[] heldOut)
    {
        string counts = _counts.Length > 0 ? string.Join(", ", _counts)
            : _settings.Stop is StopRule.WithinBudget ? "what the budget pays for"
            : "what λ leaves";
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Choosing on {heldOut.Length} held-out rows: input noise among {string.Join(", ", noises)}; feature count among {counts}."));
        bool mayFold = !_settings.ChoosesPairs && validationRows.Length == 0 && !TriesEnsemble
            && trainingRows.Length is >= FitWorkflow.SmallestSample and <= DGatingDefaults.MaximumFoldedRows;
        ChosenCandidate chosen = new HeldOutChoice(workflow, training, heldOut).Choose(noises, mayFold, IsModel, Beside(noises));
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Chosen: input noise {chosen.Candidate.Noise}, {chosen.Candidate.Count} feature groups " +
            $"(mean loss on the held-out rows {workflow.Selector(heldOut).MeanLoss(chosen.Candidate).Mean:g4})."));
        Candidate? ensemble = TriesEnsemble && chosen.Candidate.Count is > 0 and int count && count < Groups
            ? new EnsembleFit(workflow, training, heldOut).BetterThan(chosen.Candidate, noises, count)
            : null;
        return ensemble is null
            ? Fitted(chosen, training, heldOut)
            : FittedCandidate.Evaluated(workflow, ensemble, training, heldOut) with
            {
                Candidate = EnsembleOnAllRows(ensemble),
                TrainingRows = trainingRows,
                HeldOutRows = IsModel ? heldOut : [],
            };
    }

    private FittedCandidate Fitted(ChosenCandidate chosen, int[] training, int[] heldOut)
    {
        if (TriesEnsemble || !_embedding.IsTried(trainingRows)
            || _embedding.BetterThan(chosen.Candidate, training, heldOut) is not { } better)
        {
            return new FittedCandidate(OnAllRows(chosen, _settings), trainingRows, chosen.IsBetterThanConstant)
            {
                HeldOutRows = IsModel ? heldOut : [],
                Calibration = chosen.Calibration,
                Choice = chosen.Choice,
            };
        }

        Candidate onAll = OnAllRows(chosen with { HeldOutMetric = better.HeldOutMetric }, _settings.Embedded(better.Settings));
        return new FittedCandidate(
            IsModel ? _embedding.Trained(onAll, better, trainingRows) : onAll, trainingRows, chosen.IsBetterThanConstant)
        {
            Choice = chosen.Choice,
        };
    }

    // Where runs are carried out in parallel, a path on all rows is followed before its count is known.
    private RunDescription? Beside(double[] noises) =>
        workflow.Executor.RunsInParallel && noises.Length == 1 && validationRows.Length == 0 && workflow.Data.Stream is null
            && !TriesEnsemble && _counts.Length > 1
            ? PathTo(workflow.IsCountOpen ? CountRefinement.Reachable(_counts) : _counts, noises[0]) with
            {
                Refits = false,
                IsForChoice = true,
            }
            : null;

    private Candidate OnAllRows(ChosenCandidate chosen, FitSettings settings)
    {
        Candidate candidate = chosen.Candidate;
        if (IsModel)
        {
            return _counts.Length > 0 ? candidate with { Path = candidate.Path.EndingAt(candidate.Count) } : candidate;
        }

        Candidate onAll = chosen.Whole is { } whole && candidate.Count > 0 && whole.Snapshots.Any(IsChosen)
            ? RefitOf(settings, whole.EndingAt(candidate.Count), candidate.Noise, chosen.EndOfRounds)
            : Carry(PathTo(_counts.Length > 0 ? [candidate.Count] : [], candidate.Noise) with
            {
                Settings = settings.Training,
                HeldOutRows = validationRows,
                EndOfRounds = chosen.EndOfRounds,
            });
        return validationRows.Length > 0 ? onAll : onAll with
        {
            Path = onAll.Path.WithHeldOutLosses(chosen.Paths),
            Refit = onAll.Refit with { HeldOutMetric = chosen.HeldOutMetric },
        };

        bool IsChosen(PathSnapshot snapshot) => snapshot.Groups.Length == candidate.Count;
    }

    private Candidate EnsembleOnAllRows(Candidate ensemble)
    {
        if (IsModel)
        {
            return ensemble;
        }

        var onAllRows = new EnsembleFit(workflow, trainingRows, validationRows, isForChoice: false);
        Candidate onAll = onAllRows.At(ensemble.Noise, ensemble.Count);
        return validationRows.Length > 0 ? onAll : onAll with { Path = onAll.Path.WithHeldOutLosses(ensemble.Path) };
    }

    // Describes the path that becomes the model, on all training rows. Where no run comes after it, rows stream through those in memory.
    private RunDescription PathTo(int[] counts, double noise)
    {
        StopRule stop = counts.Length > 0 ? new StopRule.AtCounts(counts) : _settings.Stop;
        return _settings.Path(trainingRows, [], noise, stop) with { Source = IsLastRun ? RowSource.StreamInPlace : RowSource.Stream };
    }

    private Candidate RefitOf(FitSettings settings, PathResult path, double noise, double? endOfRounds)
    {
        RunDescription run = settings.Refit(trainingRows, path.Snapshots[^1], noise) with { EndOfRounds = endOfRounds };
        return Carry(run) with { Path = path };
    }

    private Candidate Carry(RunDescription run)
    {
        workflow.Announce(0.8);
        return workflow.Execute([run])[0].Candidates()[0];
    }
}
