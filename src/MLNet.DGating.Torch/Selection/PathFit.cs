namespace MLNet.DGating.Torch;

/// <summary>
/// The whole path, from all groups to none (to those that always stay), followed on all training rows, with a refit at any count on demand; and the ladder of
/// counts judged on held-out rows, from which a count can be chosen.
/// </summary>
internal sealed class PathFit
{
    /// <summary>Snapshots of every count are kept while they stay below this; else those of the ladder.</summary>
    private const long LargestSnapshots = 256L << 20;

    private readonly TrainingSet _data;
    private readonly int[] _trainingRows;
    private readonly TrainingSettings _settings;
    private readonly PathResult _path;
    private readonly double _noise;
    private readonly ColumnScaling _scaling;
    private readonly HeldOutChoice _choice;

    private PathFit(TrainingSet data, int[] trainingRows, TrainingSettings settings, PathResult path, double noise, ColumnScaling scaling, HeldOutChoice choice, Trial[] trials)
    {
        _data = data;
        _trainingRows = trainingRows;
        _settings = settings;
        _path = path;
        _noise = noise;
        _scaling = scaling;
        _choice = choice;
        Best = choice.Best(trials);
        Sparsest = choice.Choose(trials);
        Trials = [.. trials.Where(trial => trial.Noise == noise)];
    }

    /// <summary>Refits on the ladder of counts, at the noise chosen, judged on held-out rows.</summary>
    public IReadOnlyList<Trial> Trials { get; }

    public Trial Best { get; }

    public Trial Sparsest { get; }

    public PathResult Path => _path;

    public ColumnScaling Scaling => _scaling;

    public static PathFit Run(TrainingSet data, int[] trainingRows, int[] validationRows, TrainingSettings settings, RunContext context)
    {
        var runs = new TrialRuns(data, settings, context);
        int groups = data.Groups.Count;
        int[] ladder = CountLadder.Of(data.Groups);
        (int[] training, int[] heldOut) = validationRows.Length > 0 ? (trainingRows, validationRows) : runs.Split(trainingRows);
        if (heldOut.Length == 0)
        {
            throw new InvalidOperationException($"{trainingRows.Length} rows are too few to hold some out for judging the path. Give validation data.");
        }

        HeldOutChoice choice = runs.Choice(heldOut);
        Trial[] trials = runs.RunForChoice(training, heldOut, runs.Noises, ladder);
        Trial best = choice.Best(trials);

        long everySnapshot = (long)groups * groups / 2 * settings.Shape.GatedWidth * sizeof(float);
        IEnumerable<int> counts = everySnapshot <= LargestSnapshots ? Enumerable.Range(0, groups + 1) : ladder.Append(0);
        PathResult path = IndependentRuns.Run(1, 1, _ =>
            runs.Follow(runs.Features(trainingRows), trainingRows, validationRows, best.Noise, run => run.FollowToCounts(counts)))[0];
        if (validationRows.Length == 0)
        {
            path = path.WithHeldOutLosses(best.Path);
        }

        return new PathFit(data, trainingRows, settings, path, best.Noise, runs.Scaling(trainingRows), choice, trials);
    }

    public double MeanLoss(Trial trial) => _choice.MeanLoss(trial);

    public (double Misfit, double StandardError) Judge(Trial trial) => _choice.Judge(trial);

    /// <summary>The refitted network of exactly so many groups (of all, where fewer exist; of those that always stay, where more do).</summary>
    public FitResult At(int count, RunContext context)
    {
        PathSnapshot snapshot = SnapshotOf(Math.Clamp(count, _data.Groups.KeptCount, _data.Groups.Count));
        var runs = new TrialRuns(_data, _settings, context);
        RefitResult refit = IndependentRuns.Run(1, 1, _ => runs.Refit(runs.Features(_trainingRows), _trainingRows, [], snapshot))[0];
        return FitResult.Of(new Trial(_noise, _path, snapshot, refit), _scaling);
    }

    // The snapshot of the next larger count, cut to the first groups of the ranking: selections of a path are nested.
    private PathSnapshot SnapshotOf(int count)
    {
        PathSnapshot larger = _path.Snapshots.Last(snapshot => snapshot.Groups.Length >= count);
        if (larger.Groups.Length == count)
        {
            return larger;
        }

        HashSet<int> first = [.. _path.Ranking.Take(count)];
        int[] kept = [.. Enumerable.Range(0, larger.Groups.Length).Where(position => first.Contains(larger.Groups[position]))];
        return new PathSnapshot(Array.ConvertAll(kept, position => larger.Groups[position]), larger.State.Select(_data.Groups.Select(larger.Groups), kept));
    }
}
