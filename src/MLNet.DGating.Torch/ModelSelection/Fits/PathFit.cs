using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>
/// The whole path, from all groups to none (to those that always stay), followed on all training rows, with refits at any counts on
/// demand; and the ladder of counts judged on held-out rows, from which a count can be chosen.
/// </summary>
internal sealed class PathFit
{
    /// <summary>Snapshots of every count are kept while they stay below this; else those of the ladder.</summary>
    private const long LargestSnapshots = 256L << 20;

    private readonly TrainingSet _data;
    private readonly int[] _trainingRows;
    private readonly TrainingSettings _settings;
    private readonly double _noise;
    private readonly bool _isEnsemble;

    private PathFit(TrainingSet data, int[] trainingRows, TrainingSettings settings, double noise, PathResult path, CountEvaluation judgement, bool isEnsemble = false)
    {
        _data = data;
        _trainingRows = trainingRows;
        _settings = settings;
        _noise = noise;
        _isEnsemble = isEnsemble;
        Path = path;
        CountEvaluation = judgement;
    }

    /// <summary>How the counts of the ladder did on held-out rows, at the noise chosen.</summary>
    public CountEvaluation CountEvaluation { get; }

    /// <summary>The count of least misfit; before any was judged, that of least held-out loss on the path.</summary>
    public int BestCount => CountEvaluation.Best ?? Path.Points.Where(point => point.Count > 0).MinBy(point => point.HeldOutLoss).Count;

    /// <summary>The smallest count as good as the best within one standard error.</summary>
    public int SparsestCount => CountEvaluation.Sparsest ?? BestCount;

    public PathResult Path { get; }

    /// <summary>The whole path. Where it is cancelled on the way, what there is of it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything of it.</exception>
    public static PathFit Run(TrainingSet data, int[] trainingRows, int[] validationRows, TrainingSettings given, RunContext context)
    {
        TrainingSettings settings = given with { RecordNorms = true };
        var runs = new TrialRuns(data, settings, context);
        int groups = data.Groups.Count;
        int[] ladder = CountGrid.Of(data.Groups);
        (int[] training, int[] heldOut) = validationRows.Length > 0 ? (trainingRows, validationRows) : runs.Split(trainingRows);
        if (heldOut.Length == 0)
        {
            throw new InvalidOperationException($"{trainingRows.Length} rows are too few to hold some out for judging the path. Give validation data.");
        }

        OneStandardErrorSelector choice = runs.Choice(heldOut);
        PathFit Judged(RunResult path) => new(data, trainingRows, settings, path.Noise, path.Path!, CountEvaluation.Of(path.Trials, choice, heldOut.Length));

        double[] noises = runs.ForChoice.NoisesFor((training, heldOut));
        RunResult[] judged = runs.ForChoice.RunUntilCancelled(training, heldOut, noises, ladder);
        if (judged.FirstOrDefault(path => path.Cancelled is not null) is { Cancelled: { } cancelled })
        {
            // With the fewest noise levels compared there is no choice among them: the first, which is none where noise was left open.
            return judged[0].Path is null ? throw cancelled : Judged(judged[0] with { Path = judged[0].Path! with { IsComplete = false } });
        }

        Candidate[] trials = [.. judged.SelectMany(path => path.Trials)];
        double noise = choice.Best(trials).Noise;
        RunResult chosen = judged.Single(path => path.Noise == noise);
        Candidate one = choice.Choose(trials);
        if (settings.Runs > 1 && one.Count < groups)
        {
            try
            {
                if (RunEnsemble(data, trainingRows, validationRows, training, heldOut, one, noises, settings, context) is { } ensemble)
                {
                    return ensemble;
                }
            }
            catch (OperationCanceledException)
            {
                return Judged(chosen with { Path = chosen.Path! with { IsComplete = false } });
            }
        }

        PathResult? whole = runs.Independent(1, _ => FollowAll(runs, trainingRows, validationRows, noise, Snapshots(groups, ladder, settings.Shape)))[0];
        if (whole is null)
        {
            return Judged(chosen with { Path = chosen.Path! with { IsComplete = false } });
        }

        return Judged(chosen with { Path = validationRows.Length > 0 ? whole : whole.WithHeldOutLosses(chosen.Path!) });
    }

    /// <summary>The whole path on all rows, whose counts are judged by cross-validation.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="folds">Parts of the rows, each to be held out once.</param>
    /// <param name="blockOf">A row's block, 0, 1, …: rows of one block are not independent. Null where all rows are.</param>
    /// <param name="given">How to train.</param>
    /// <param name="context">Messages and cancellation.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PathFit RunCrossValidated(TrainingSet data, int[][] folds, int[]? blockOf, TrainingSettings given, RunContext context)
    {
        TrainingSettings settings = given with { RecordNorms = true };
        var runs = new TrialRuns(data, settings, context);
        int[] rows = [.. folds.SelectMany(fold => fold).Order()];
        int[] ladder = CountGrid.Of(data.Groups);
        CrossValidation validation = CrossValidation.Run(data, folds, blockOf, ladder, given with { RecordGates = false }, context);
        PathResult whole = runs.Independent(1, _ => runs.Follow(
            runs.Features(rows), rows, validation.Noise, run => run.FollowToCounts(Snapshots(data.Groups.Count, ladder, settings.Shape))))[0];
        return new PathFit(data, rows, settings, validation.Noise, whole.WithHeldOutLosses(validation.Paths), validation.CountEvaluation);
    }

    /// <summary>The refitted networks of exactly so many groups each (of all, where fewer exist; of those that always stay, where more do).</summary>
    public FitResult[] At(int[] counts, RunContext context)
    {
        var runs = new TrialRuns(_data, _settings, context);
        ColumnScaling scaling = runs.Scaling(_trainingRows);
        var features = new FeatureRows(_data.Features, scaling);
        return runs.Independent(counts.Length, i =>
        {
            int count = Math.Clamp(counts[i], _data.Groups.KeptCount, _data.Groups.Count);
            if (_isEnsemble)
            {
                return FitResult.Of(runs.TrainFromScratch(features, _trainingRows, [], Path, [.. Path.Ranking.Take(count).Order()], _noise), scaling);
            }

            PathSnapshot snapshot = SnapshotOf(count);
            return FitResult.Of(new Candidate(_noise, Path, snapshot, runs.Refit(features, _trainingRows, [], snapshot)), scaling);
        });
    }

    /// <summary>The averaged path, judged at its own selections, if its groups are better than those that one run chose; else null.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static PathFit? RunEnsemble(
        TrainingSet data, int[] trainingRows, int[] validationRows, int[] training, int[] heldOut, Candidate one, double[] noisesOfOne, TrainingSettings settings, RunContext context)
    {
        var runs = new TrialRuns(data, settings, context);
        OneStandardErrorSelector choice = runs.Choice(heldOut);
        int[] ladder = CountGrid.Of(data.Groups);
        var trials = new EnsembleFit(settings, runs.ForChoice);
        if (trials.BetterThan(one, noisesOfOne, ladder[^1], training, heldOut, choice, context.Inform) is not { } better)
        {
            return null;
        }

        var judgement = CountEvaluation.Of(trials.At(training, heldOut, better.Path, better.Noise, ladder), choice, heldOut.Length);
        PathResult whole = new EnsembleFit(settings, runs).Follow(trainingRows, validationRows, [better.Noise], end: 0)[0];
        return new PathFit(
            data, trainingRows, settings, better.Noise, validationRows.Length > 0 ? whole : whole.WithHeldOutLosses(better.Path), judgement, isEnsemble: true);
    }

    private static PathResult? FollowAll(TrialRuns runs, int[] trainingRows, int[] validationRows, double noise, IEnumerable<int> snapshots)
    {
        PathResult? path = null;
        try
        {
            runs.Follow(runs.Features(trainingRows), trainingRows, validationRows, noise, run => run.FollowToCounts(snapshots), ref path);
        }
        catch (OperationCanceledException)
        {
            // What there is of it is the result.
        }

        return path;
    }

    private static IEnumerable<int> Snapshots(int groups, int[] ladder, NetworkShape shape)
    {
        long everyCount = (long)groups * groups / 2 * shape.GatedWidth * sizeof(float);
        return everyCount <= LargestSnapshots ? Enumerable.Range(0, groups + 1) : ladder.Append(0);
    }

    // The snapshot of the next larger count, cut to the first groups of the ranking: selections of a path are nested.
    private PathSnapshot SnapshotOf(int count)
    {
        PathSnapshot larger = Path.Snapshots.Last(snapshot => snapshot.Groups.Length >= count);
        if (larger.Groups.Length == count)
        {
            return larger;
        }

        HashSet<int> first = [.. Path.Ranking.Take(count)];
        int[] kept = [.. Enumerable.Range(0, larger.Groups.Length).Where(position => first.Contains(larger.Groups[position]))];
        return new PathSnapshot(Array.ConvertAll(kept, position => larger.Groups[position]), larger.State.Select(_data.Groups.Select(larger.Groups), kept));
    }
}
