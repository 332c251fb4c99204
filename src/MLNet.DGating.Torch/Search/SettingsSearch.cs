using System.Diagnostics;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Search;

/// <summary>Chooses among several settings by successive halving and a final comparison.</summary>
/// <remarks>
/// Candidate 0 has the settings without a search and is on every rung. Another candidate is preferred only if it is better by one standard
/// error on rows that had no influence on the ranking. Every trial is a whole fit, with its own choices on its own training rows; all have
/// the same seed.
/// </remarks>
/// <param name="data">All rows.</param>
/// <param name="rows">The parts of the rows for training, ranking and comparing.</param>
/// <param name="candidates">The settings to choose from, at least one.</param>
/// <param name="executor">Carries out trials in parallel.</param>
/// <param name="context">Takes the progress of the trials, and cancels them.</param>
internal sealed class SettingsSearch(
    TrainingSet data, SearchRows rows, IReadOnlyList<FitSettings> candidates, IRunExecutor executor, RunContext context)
{
    private readonly OneStandardErrorSelector _ranking = new(data.Task.Loss, data.WeightsOf(rows.Ranking));
    private readonly OneStandardErrorSelector _final = new(data.Task.Loss, data.WeightsOf(rows.Final));
    private readonly int _rungs = SuccessiveHalving.Rungs(candidates.Count);

    // The messages of trials are not passed on, since the user reads their results.
    private readonly RunContext _trialContext = context with
    {
        Inform = _ => { },
        Warn = _ => { },
        Progress = progress => context.Progress(progress with { Phase = DGatingPhase.Choosing }),
    };

    /// <summary>The number of rungs, including the comparison of the finalists.</summary>
    public int Rungs => _rungs + 1;

    /// <summary>Carries out the search. Where it is cancelled, the outcome has the trials finished so far.</summary>
    /// <param name="finished">Called from any thread with every finished trial and the number of trials of its rung.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled before any trial was finished.</exception>
    /// <exception cref="InvalidOperationException">Training diverged with every candidate.</exception>
    public SearchOutcome Run(Action<SearchTrial, int> finished)
    {
        var all = new List<SearchTrial>();
        int[] open = [.. Enumerable.Range(0, candidates.Count)];
        for (int rung = 0; rung <= _rungs; rung++)
        {
            int[] tried = open;
            int present = rung;
            executor.Work.Announce(0.9 / (_rungs - rung + 1));
            SearchTrial?[] trials = executor.RunInParallel(
                tried.Length, _trialContext, (i, own) => TryOne(tried[i], present, own),
                trial =>
                {
                    if (trial is not null)
                    {
                        finished(trial, tried.Length);
                    }
                });
            SearchTrial[] done = [.. trials.OfType<SearchTrial>()];
            all.AddRange(done);
            if (done.Length < trials.Length)
            {
                return all.Count > 0
                    ? new SearchOutcome(all, Winner(HighestComparable(all)), IsComplete: false)
                    : throw new OperationCanceledException(
                        "The search was stopped before its first trial had finished, so there is nothing to give. " +
                        "If it ran out of time, give it more.");
            }

            open = rung < _rungs - 1
                ? SuccessiveHalving.Promote([.. done.Select(trial => (trial.Candidate, trial.BoundedLoss))])
                : [.. new[] { 0, Best(done).Candidate }.Distinct()];
        }

        return new SearchOutcome(all, Winner([.. all.Where(trial => trial.Rung == _rungs)]), IsComplete: true);
    }

    // Gives null where the trial was cancelled.
    private SearchTrial? TryOne(int candidate, int rung, IRunExecutor own)
    {
        bool isFinal = rung == _rungs;
        double effort = isFinal ? 1 : SuccessiveHalving.Effort(rung, _rungs);
        int[] training = isFinal ? rows.Finalists : rows.Training(effort), evaluating = isFinal ? rows.Final : rows.Ranking;
        FitSettings settings = candidates[candidate] with { Effort = effort, EnsembleSize = 1 };
        var workflow = new FitWorkflow(data, settings, own, _trialContext, training.Length);
        var clock = Stopwatch.StartNew();
        SearchTrial trial;
        try
        {
            FitResult fit = AutomaticFit.Run(workflow, training, []);
            trial = Evaluate(fit, workflow, training, evaluating, isFinal ? _final : _ranking);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (DivergenceException)
        {
            // The setting gets the worst possible result, and the search continues.
            trial = new SearchTrial(candidate, rung, default);
        }

        return trial with { Candidate = candidate, Rung = rung, Duration = clock.Elapsed };
    }

    private static SearchTrial Evaluate(
        FitResult fit, FitWorkflow workflow, int[] training, int[] evaluating, OneStandardErrorSelector selector)
    {
        // The fit may have chosen another encoding and other layers than the settings have.
        FitSettings settings = fit.Encoding.IsPiecewise
            ? workflow.Settings with { Training = TrainingOf(fit, workflow) }
            : workflow.Settings;
        RunDescription run = settings.Evaluation(fit.TrainingRows ?? training, evaluating, new PathSnapshot(fit.Groups, fit.State));
        RefitResult result = workflow.Execute([run])[0].Refits[0].Result;
        var trial = new SearchTrial(0, 0, default)
        {
            Fit = fit,
            HeldOutLosses = result.HeldOutLosses,
            HeldOutBoundedLosses = result.HeldOutBoundedLosses,
            Metric = result.HeldOutMetric,
            MetricError = result.HeldOutMetricError,
        };
        (double mean, double error) = selector.MeanBoundedLoss(trial);
        return trial with { BoundedLoss = mean, BoundedLossError = error };
    }

    private static TrainingSettings TrainingOf(FitResult fit, FitWorkflow workflow) => workflow.Settings.Training with
    {
        IsPiecewise = true,
        HiddenLayers = fit.Shape.Hidden,
        AdditivePart = fit.Shape.Skip,
        Activation = fit.Shape.Activation,
    };

    // After a cancellation: the trials of the highest rung on which candidate 0 and another one have finished, or else those of the highest
    // rung.
    private static SearchTrial[] HighestComparable(IEnumerable<SearchTrial> trials) =>
    [
        .. trials.GroupBy(trial => trial.Rung)
            .OrderByDescending(ofRung => ofRung.Count() > 1 && ofRung.Any(trial => trial.Candidate == 0))
            .ThenByDescending(ofRung => ofRung.Key).First(),
    ];

    // Gives the best trial of a rung if it is better than candidate 0 by more than one standard error, else that of candidate 0.
    private SearchTrial Winner(SearchTrial[] ofRung)
    {
        SearchTrial best = Best(ofRung);
        if (best.Fit is null)
        {
            throw new DivergenceException(
                "Training diverged with every setting. " +
                "Check the features and labels for extreme values, or search far smaller step sizes.");
        }

        SearchTrial? given = ofRung.FirstOrDefault(trial => trial.Candidate == 0 && trial.Fit is not null);
        return given is null || (best.Rung == _rungs ? _final : _ranking).IsBetter(best, given, standardErrors: 1) ? best : given;
    }

    private static SearchTrial Best(IEnumerable<SearchTrial> trials) =>
        trials.OrderBy(trial => trial.BoundedLoss).ThenBy(trial => trial.Candidate).First();
}
