namespace MLNet.DGating.Torch;

/// <summary>
/// A whole fit. What the user gave is taken; what is open (input noise, count) is chosen on held-out rows by trial fits; then
/// the path is followed and refitted on all training rows.
/// </summary>
internal sealed class SelectingFit
{
    // Streams of the seed: changing one part of a fit leaves the random numbers of the others as they are.
    private const int SplitStream = 0, PathStream = 1, RefitStream = 2;

    /// <summary>Noise levels tried: none, and the two that turned 6 of madelon's 20 true features into 17 and 19.</summary>
    private static readonly double[] s_noises = [0, 0.5, 1];

    private readonly TrainingSet _data;
    private readonly int[] _trainingRows;
    private readonly int[] _validationRows;
    private readonly TrainingSettings _settings;
    private readonly RunContext _context;

    private SelectingFit(TrainingSet data, int[] trainingRows, int[] validationRows, TrainingSettings settings, RunContext context)
    {
        _data = data;
        _trainingRows = trainingRows;
        _validationRows = validationRows;
        _settings = settings;
        _context = context;
    }

    /// <param name="data">All rows.</param>
    /// <param name="trainingRows">Rows to train on.</param>
    /// <param name="validationRows">Rows to choose by; empty to hold out a part of the training rows for the choice.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="context">Messages and cancellation.</param>
    public static FitResult Run(TrainingSet data, int[] trainingRows, int[] validationRows, TrainingSettings settings, RunContext context)
    {
        using var callersThreads = new KeptThreadsSetting();
        return new SelectingFit(data, trainingRows, validationRows, settings, context).Run();
    }

    private FitResult Run()
    {
        double[] noises = _settings.InputNoise is double given ? [given] : s_noises;
        int[] counts = _settings.Count is int count ? [Math.Min(count, _data.Groups.Count)]
            : _settings.Lambda is null ? CountLadder.Of(_data.Groups.Count) : [];
        bool isOpen = noises.Length > 1 || counts.Length > 1;
        if (!isOpen)
        {
            return Result(Trials(_trainingRows, _validationRows, noises, counts)[0], ScalingOf(_trainingRows));
        }

        RunContext trial = _context with { Progress = progress => _context.Progress(progress with { Phase = DGatingPhase.Choosing }) };
        if (_validationRows.Length > 0)
        {
            return Result(Choose(Trials(_trainingRows, _validationRows, noises, counts, trial), _validationRows), ScalingOf(_trainingRows));
        }

        (int[] training, int[] heldOut) = HeldOutSplit.Split(
            _trainingRows, _settings.Loss is SquaredLoss ? null : row => (int)_data.Targets[row],
            DGatingDefaults.HeldOutFraction, new RandomStream(_settings.Seed, SplitStream));
        if (heldOut.Length == 0)
        {
            _context.Warn($"{_trainingRows.Length} rows are too few to hold some out: training without input noise, on all features unless a count was given.");
            return Result(Trials(_trainingRows, [], noises[..1], counts.Length == 0 ? [] : counts[..1])[0], ScalingOf(_trainingRows));
        }

        Trial chosen = Choose(Trials(training, heldOut, noises, counts, trial), heldOut);
        int[] final = _settings.Lambda is null ? [chosen.Count] : [];
        Trial onAll = Trials(_trainingRows, [], [chosen.Noise], final)[0];
        return Result(onAll with { Path = onAll.Path.WithHeldOutLosses(chosen.Path) }, ScalingOf(_trainingRows));
    }

    private Trial[] Trials(int[] training, int[] heldOut, double[] noises, int[] counts, RunContext? context = null)
    {
        var features = new FeatureRows(_data.Features, ScalingOf(training));
        Trial[][] trials = IndependentRuns.Run(noises.Length, _settings.Threads, i => OfNoise(noises[i]));
        return [.. trials.SelectMany(trial => trial)];

        Trial[] OfNoise(double noise)
        {
            using var run = new PathRun(_data, features, training, heldOut, noise, _settings, new RandomStream(_settings.Seed, PathStream), context ?? _context);
            PathResult path = counts.Length > 0 ? run.FollowToCounts(counts) : run.FollowToLambda(_settings.Lambda!.Value);
            return [.. path.Snapshots.Select(snapshot => new Trial(noise, path, snapshot,
                Refit.Run(_data, features, training, heldOut, snapshot, _settings, new RandomStream(_settings.Seed, RefitStream), context ?? _context)))];
        }
    }

    private static FitResult Result(Trial trial, ColumnScaling scaling)
    {
        // The path ends at the selection: what is selected has not left, what is not has left by the last λ.
        var lambdaOut = (double[])trial.Path.LambdaOut.Clone();
        var selected = trial.Snapshot.Groups.ToHashSet();
        for (int j = 0; j < lambdaOut.Length; j++)
        {
            lambdaOut[j] = selected.Contains(j) ? double.PositiveInfinity : Math.Min(lambdaOut[j], trial.Path.Points[^1].Lambda);
        }

        return new FitResult(trial.Snapshot.Groups, trial.Refit.Shape, trial.Refit.State, scaling, lambdaOut, trial.Path.Points, trial.Noise);
    }

    private ColumnScaling ScalingOf(int[] rows) => ColumnScaling.Compute(_data.Features, rows, _data.Weights);

    private Trial Choose(Trial[] trials, int[] heldOutRows) =>
        new HeldOutChoice(_settings.Loss, _data.Weights is null ? [] : Array.ConvertAll(heldOutRows, row => _data.Weights[row])).Choose(trials);
}
