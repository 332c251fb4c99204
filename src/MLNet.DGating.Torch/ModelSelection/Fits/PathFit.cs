using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Follows the whole path, from all groups to none or to those that always stay, on all training rows.</summary>
/// <remarks>Counts of a grid are evaluated on held-out rows, so that one can be chosen. Any count can be refitted afterwards.</remarks>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
/// <param name="trainingRows">The numbers of the rows to train on.</param>
/// <param name="validationRows">The numbers of the rows to evaluate counts on; empty to hold out a part of the training rows.</param>
internal sealed class PathFit(FitWorkflow workflow, int[] trainingRows, int[] validationRows)
{
    /// <summary>The most bytes that snapshots of every count may take; else those of the grid alone are kept.</summary>
    private const long LargestSnapshots = 256L << 20;

    private readonly PathRecords _records =
        PathRecords.Norms | (workflow.Settings.RecordGateDynamics ? PathRecords.Gates : PathRecords.None);
    private readonly int[] _grid = workflow.IsCountOpen ? workflow.Grid : workflow.Counts;

    private TrainingSet Data => workflow.Data;

    private bool AreRunsAveraged => workflow.Settings.NumberOfRuns > 1;

    /// <summary>Follows the whole path. Where it is cancelled on the way, the result is the path so far.</summary>
    /// <exception cref="OperationCanceledException">The path was cancelled before its first point.</exception>
    public FollowedPath Run()
    {
        (int[] training, int[] heldOut) = validationRows.Length > 0
            ? (trainingRows, validationRows)
            : Data.HoldOut(trainingRows, workflow.Settings.Seed);
        if (heldOut.Length == 0)
        {
            throw new InvalidOperationException(
                $"{trainingRows.Length} rows are too few to hold some out for judging the path. Give validation data.");
        }

        double[] noises = workflow.NoiseLevels((training, heldOut));
        bool isGiven = _grid.Length == 1 && noises.Length == 1 && validationRows.Length == 0 && !AreRunsAveraged;
        return isGiven && !workflow.CalibratesGivenCount(trainingRows.Length)
            ? RunOnce(noises[0], _grid[0])
            : RunEvaluated(noises, training, heldOut);
    }

    private FollowedPath RunEvaluated(double[] noises, int[] training, int[] heldOut)
    {
        workflow.Announce(0.35);
        RunResult[] tried = workflow.TryUntilCancelled(noises.Select(noise =>
            workflow.Settings.Path(training, heldOut, noise, new StopRule.AtCounts(_grid)) with { Refits = false, Records = _records }));
        if (Array.Exists(tried, run => run.IsCancelled))
        {
            // Without all noise levels there is no choice among them. The first is taken, which is 0 where noise was not given.
            return Cancelled(tried[0], [], training, heldOut);
        }

        Candidate[] candidates = Refitted(tried, training, heldOut);
        if (candidates.Length < noises.Length * tried[0].Path!.Snapshots.Count)
        {
            return Cancelled(tried[0], [.. candidates.Where(candidate => candidate.Noise == noises[0])], training, heldOut);
        }

        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        double chosenNoise = selector.Best(candidates).Noise;
        RunResult chosen = tried.Single(run => run.InputNoise == chosenNoise);
        Candidate one = selector.Choose(candidates);
        candidates = [.. candidates.Where(candidate => candidate.Noise == chosenNoise)];
        try
        {
            if (AreRunsAveraged && one.Count < Data.Groups.Count && FollowEnsemble(training, heldOut, one, noises) is { } ensemble)
            {
                return ensemble;
            }
        }
        catch (OperationCanceledException)
        {
            return Cancelled(chosen, candidates, training, heldOut);
        }

        workflow.Announce(0.98);
        PathResult? whole = workflow.ExecuteUntilCancelled([Whole(chosenNoise)])[0].Path;
        if (whole is null)
        {
            return Cancelled(chosen, candidates, training, heldOut);
        }

        PathResult path = validationRows.Length > 0 ? whole : whole.WithHeldOutLosses(chosen.Path!);
        CountEvaluation evaluation = EvaluateByFolds(candidates, training, heldOut)
            ?? Evaluate(candidates, training, heldOut, isRefined: true);
        return new FollowedPath(WithNetworkFor(one, training, heldOut), trainingRows, chosenNoise, path, evaluation);
    }

    // Where the held-out part does not decide, all rows are held out once, as in an ordinary fit, and so they are for the probabilities at
    // a given count. That part is the first fold, whose candidates are known. Null where it does decide, or folds are not possible.
    private CountEvaluation? EvaluateByFolds(Candidate[] candidates, int[] training, int[] heldOut)
    {
        bool mayFold = validationRows.Length == 0 && workflow.IsCountOpen
            && trainingRows.Length is >= FitWorkflow.SmallestSample and <= DGatingDefaults.MaximumFoldedRows;
        string? doubt = mayFold ? Doubt(candidates, training, heldOut) : null;
        bool isGiven = validationRows.Length == 0 && !AreRunsAveraged && workflow.CalibratesByFolds(trainingRows.Length);
        if (doubt is null && !isGiven)
        {
            return null;
        }

        if (doubt is not null)
        {
            workflow.Context.Inform(doubt);
        }

        int[][] folds = [heldOut, .. Data.Fold(training, DGatingDefaults.FoldsOfUnsureChoice - 1, workflow.Settings.Seed)];
        try
        {
            return CrossValidation.GoOn(workflow, folds, _grid, candidates, endOfRounds: null).Evaluation;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private string? Doubt(Candidate[] candidates, int[] training, int[] heldOut)
    {
        Candidate constant = workflow.Constant(training, heldOut, candidates[0].Path);
        Candidate[] choice = Choice(candidates, constant);
        Candidate chosen = workflow.Selector(heldOut).Choose(choice);
        var evidence = new HeldOutEvidence(workflow, heldOut);
        return evidence.Doubt(candidates, constant, chosen, evidence.Agreement(choice, chosen.Count));
    }

    private Candidate[] Choice(Candidate[] candidates, Candidate constant) =>
        workflow.IsConstantACandidate(_grid, trainingRows.Length) ? [.. candidates, constant] : candidates;

    // Follows the path once where count and noise are given. Of many rows a few are held out, on which that count is evaluated.
    private FollowedPath RunOnce(double noise, int count)
    {
        (int[] training, int[] heldOut) = Data.HoldOutOfMany(trainingRows, workflow.Settings.Seed);
        workflow.Announce(0.8);
        RunResult whole = workflow.ExecuteUntilCancelled([Whole(noise) with { TrainingRows = training, HeldOutRows = heldOut }])[0];
        if (whole.Path is null)
        {
            workflow.Context.ThrowCancelled();
        }

        PathSnapshot? snapshot = whole.Path.Snapshots.FirstOrDefault(snapshot => snapshot.Groups.Length == count);
        Candidate[] candidates = snapshot is null || heldOut.Length == 0
            ? []
            : Refitted([whole with { Path = whole.Path with { Snapshots = [snapshot] } }], training, heldOut);
        CountEvaluation evaluation = candidates.Length > 0
            ? Evaluate(candidates, training, heldOut)
            : new CountEvaluation([], count, count, HeldOutRows: 0);
        return new FollowedPath(
            candidates.Length > 0 ? WithNetworkFor(candidates[0], training, heldOut) : workflow.Settings,
            training, noise, whole.Path, evaluation);
    }

    // Refits at any count have the network that is better at the chosen one.
    private FitSettings WithNetworkFor(Candidate chosen, int[] training, int[] heldOut)
    {
        var choice = new EmbeddingChoice(workflow);
        return choice.IsTried(trainingRows) && choice.BetterThan(chosen, training, heldOut) is { } better
            ? workflow.Settings.Embedded(better.Settings)
            : workflow.Settings;
    }

    // Refits every snapshot of some paths; some are missing after a cancellation.
    private Candidate[] Refitted(RunResult[] paths, int[] training, int[] heldOut)
    {
        (RunResult Run, PathSnapshot Snapshot)[] snapshots =
            [.. paths.SelectMany(run => run.Path!.Snapshots.Select(snapshot => (run, snapshot)))];
        workflow.Announce(0.5);
        RunResult[] refits = workflow.TryUntilCancelled(snapshots.Select(each =>
            workflow.Settings.Refit(training, each.Snapshot, each.Run.InputNoise) with { HeldOutRows = heldOut }));
        return
        [
            .. snapshots.Zip(refits).Where(pair => pair.Second.Refits.Count > 0).Select(pair => new Candidate(
                pair.First.Run.InputNoise, pair.First.Run.Path!, pair.First.Snapshot, pair.Second.Refits[0].Result)),
        ];
    }

    /// <summary>Follows the whole path on all rows, and evaluates its counts by cross-validation.</summary>
    /// <param name="workflow">The rows, the settings, and the executor of runs.</param>
    /// <param name="folds">The row numbers of each fold.</param>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static FollowedPath RunCrossValidated(FitWorkflow workflow, int[][] folds)
    {
        int[] rows = [.. folds.SelectMany(fold => fold).Order()];
        workflow = workflow.WithEncoding(rows, []);
        var fit = new PathFit(workflow, rows, []);
        var validation = CrossValidation.Run(workflow, folds, fit._grid);
        workflow.Announce(0.98);
        PathResult whole = workflow.Execute([fit.Whole(validation.Noise)])[0].Path!;
        PathResult path = whole.WithHeldOutLosses(validation.Paths);
        return new FollowedPath(workflow.Settings, rows, validation.Noise, path, validation.Evaluation);
    }

    // Gives the averaged path, evaluated at its own selections, if its groups are better than those that one run chose; else null.
    private FollowedPath? FollowEnsemble(int[] training, int[] heldOut, Candidate one, double[] noisesOfOne)
    {
        var trials = new EnsembleFit(workflow, training, heldOut, _records);
        if (trials.BetterThan(one, noisesOfOne, _grid[^1]) is not { } better)
        {
            return null;
        }

        Candidate[] candidates = trials.At(better.Path, better.Noise, _grid);
        CountEvaluation evaluation = Evaluate(candidates, training, heldOut);
        var final = new EnsembleFit(workflow, trainingRows, validationRows, _records, isForChoice: false);
        PathResult whole = final.Follow([better.Noise], end: 0)[0];
        PathResult path = validationRows.Length > 0 ? whole : whole.WithHeldOutLosses(better.Path);
        return new FollowedPath(workflow.Settings, trainingRows, better.Noise, path, evaluation) { IsEnsemble = true };
    }

    private FollowedPath Cancelled(RunResult run, Candidate[] candidates, int[] training, int[] heldOut)
    {
        if (run.Path is null)
        {
            workflow.Context.ThrowCancelled();
        }

        return new FollowedPath(
            workflow.Settings, trainingRows, run.InputNoise, run.Path with { IsComplete = false },
            Evaluate(candidates, training, heldOut));
    }

    // Refinement evaluates further counts, by the snapshots of the candidates.
    private CountEvaluation Evaluate(Candidate[] candidates, int[] training, int[] heldOut, bool isRefined = false)
    {
        if (candidates.Length == 0)
        {
            return new CountEvaluation([], null, null, heldOut.Length);
        }

        OneStandardErrorSelector selector = workflow.Selector(heldOut);
        Candidate constant = workflow.Constant(training, heldOut, candidates[0].Path);
        Candidate[] choice = Choice(candidates, constant);
        Candidate best = selector.Best(candidates);
        (IEnumerable<Candidate> between, Candidate chosen) = isRefined && workflow.IsCountOpen
            ? Refined(selector.Choose(choice), training, heldOut)
            : ([], selector.Choose(choice));
        EvaluatedCount[] counts =
        [
            .. choice.Concat(between).OrderByDescending(candidate => candidate.Count).Select(candidate => CountEvaluation.Evaluate(
                candidate, selector, Calibration.Factor(Data, training, heldOut, candidate.Refit.HeldOutScores))),
        ];
        return new CountEvaluation(counts, best.Count, chosen.Count, heldOut.Length)
        {
            IsBetterThanConstant = selector.IsBetterThanConstant(best, constant),
        };
    }

    private (IEnumerable<Candidate> Between, Candidate Chosen) Refined(Candidate chosen, int[] training, int[] heldOut)
    {
        var smaller = new SmallerCandidates(workflow, [(training, heldOut)], endOfRounds: null);
        try
        {
            return new CountRefinement(workflow.Selector(heldOut), _grid).Run(
                chosen, (larger, count) => smaller.At([larger], count)[0]);
        }
        catch (OperationCanceledException)
        {
            return ([], chosen);
        }
    }

    private RunDescription Whole(double noise)
    {
        int groups = Data.Groups.Count, entering = _grid[0] > workflow.EnteringCount ? groups : workflow.EnteringCount;
        double columns = Data.EncodingBy(trainingRows, workflow.Settings.Training.IsPiecewise).Columns * ((double)entering / groups);
        double everyCount = entering * columns / 2 * workflow.Settings.Training.ShapeFor(Data.Task).GatedWidth * sizeof(float);
        int[] counts = everyCount <= LargestSnapshots ? [.. Enumerable.Range(0, entering + 1)] : [.. _grid, 0];
        return workflow.Settings.Path(trainingRows, validationRows, noise, new StopRule.AtCounts(counts)) with
        {
            Refits = false,
            Records = _records,
        };
    }
}
