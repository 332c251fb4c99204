using System.Globalization;
using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.RegularizationPath.Stationary;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>The runs that fits are made of: paths on some rows at some noise levels, refitted at the counts asked for, judged on other rows.</summary>
internal sealed class TrialRuns(TrainingSet data, TrainingSettings settings, RunContext context)
{
    // Streams of the seed: changing one part of a fit leaves the random numbers of the others as they are.
    private const int SplitStream = 0, PathStream = 1, RefitStream = 2, AnewStream = 3;
    private const int FoldStream = 10, PoolStream = 11, FirstPairStream = 1000, FurtherRunsStream = 1 << 20;

    /// <summary>Noise levels tried: none, and the two that turned 6 of madelon's 20 true features into 17 and 19.</summary>
    private static readonly double[] s_noises = [0, 0.5, 1];

    /// <summary>The noise given; else none, unless the network memorises its training rows. None with sparse features.</summary>
    public double[] NoisesFor(params (int[] Training, int[] HeldOut)[] splits) =>
        data.IsSparse ? s_noises[..1] : settings.InputNoise is double given ? [given] : Memorises(splits) ? s_noises : s_noises[..1];

    private Func<int, int>? StrataOf => settings.Loss is SquaredLoss or ReconstructionLoss ? null : row => (int)data.Targets[row];

    /// <summary>Part of the rows, held out for choices.</summary>
    public (int[] Training, int[] HeldOut) Split(int[] rows) => HeldOutSplit.Split(
        rows, StrataOf, Math.Min(DGatingDefaults.HeldOutFraction, (double)DGatingDefaults.MaximumHeldOutRows / rows.Length), new RandomStream(settings.Seed, SplitStream));

    /// <summary>The rows in parts of the same size, each to be held out once.</summary>
    public int[][] Fold(int[] rows, Func<int, int>? blockOf, int count) =>
        Folds.Deal(rows, StrataOf, blockOf, count, new RandomStream(settings.Seed, FoldStream));

    /// <summary>Two disjoint halves of the rows, and a seed for the runs on each: everything random about a pair comes from a stream of its own.</summary>
    public (int[] Half, int Seed)[] Pair(int[] rows, int number)
    {
        var random = new RandomStream(settings.Seed, FirstPairStream + number);
        return [.. Folds.Deal(rows, StrataOf, null, 2, random).Select(half => (half, (int)random.NextUInt64()))];
    }

    /// <summary>The same runs on rows held out for a choice: reported as such.</summary>
    public TrialRuns ForChoice => new(data, settings, context with { Progress = progress => context.Progress(progress with { Phase = DGatingPhase.Choosing }) });

    /// <summary>One path a noise level down to the smallest count (to the λ or the budget given, where there are no counts), with a refit at each count.</summary>
    /// <exception cref="OperationCanceledException">A run was cancelled.</exception>
    public Candidate[] Run(int[] training, int[] heldOut, double[] noises, int[] counts)
    {
        RunResult[] paths = RunUntilCancelled(training, heldOut, noises, counts);
        if (paths.FirstOrDefault(path => path.Cancelled is not null) is { Cancelled: { } cancelled })
        {
            ExceptionDispatchInfo.Throw(cancelled);
        }

        return [.. paths.SelectMany(path => path.Trials)];
    }

    /// <summary>The same, a noise level each; of cancelled ones what is done.</summary>
    public RunResult[] RunUntilCancelled(int[] training, int[] heldOut, double[] noises, int[] counts)
    {
        FeatureRows features = Features(training);
        return Independent(noises.Length, i => RunOne(features, training, heldOut, noises[i], counts));
    }

    /// <summary>The same for one noise level.</summary>
    public RunResult RunOne(FeatureRows features, int[] training, int[] heldOut, double noise, int[] counts)
    {
        PathResult? path = null;
        Candidate?[] trials = [];
        try
        {
            Follow(features, training, heldOut, noise, run => FollowToEnd(run, counts), ref path);
            if (settings.Certify && counts.Length == 0)
            {
                path = StationaryPointSolver(features, training, heldOut, path!);
            }

            PathResult followed = path!;
            trials = new Candidate?[followed.Snapshots.Count];
            RefitEach(trials.Length, i => trials[i] = new Candidate(noise, followed, followed.Snapshots[i], Refit(features, training, heldOut, followed.Snapshots[i])));
        }
        catch (OperationCanceledException cancelled)
        {
            return new RunResult(noise, path, [.. trials.OfType<Candidate>()], cancelled);
        }

        return new RunResult(noise, path, [.. trials.OfType<Candidate>()], null);
    }

    /// <summary>
    /// The one run that becomes the model, on all training rows of the set: where they are a sample of a stream, through the pool that they are.
    /// </summary>
    /// <param name="scaling">That of the training rows.</param>
    /// <param name="training">All training rows.</param>
    /// <param name="heldOut">Rows to report a loss on; may be empty.</param>
    /// <param name="noise">Its input noise.</param>
    /// <param name="counts">One, or none where λ or the budget ends the path.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Candidate RunFinal(ColumnScaling scaling, int[] training, int[] heldOut, double noise, int[] counts)
    {
        using RowPool? pool = data.Stream is null ? null : new RowPool(data, new RandomStream(settings.Seed, PoolStream));
        var runs = new TrialRuns(data with { Pool = pool }, settings, context);
        var features = new FeatureRows(data.Features, scaling, change: pool is not null);
        RunResult path = runs.Independent(1, _ => runs.RunOne(features, training, heldOut, noise, counts))[0];
        if (path.Cancelled is not null)
        {
            ExceptionDispatchInfo.Throw(path.Cancelled);
        }

        return path.Trials[0];
    }

    /// <summary>Runs that do not depend on each other.</summary>
    public T[] Independent<T>(int count, Func<int, T> run) => IndependentRuns.Run(count, settings, data.Groups.Columns, run);

    /// <summary>The noise given, or the one that is best on a held-out part of the rows.</summary>
    public double ChooseNoise(int[] rows)
    {
        (int[] training, int[] heldOut) = Split(rows);
        double[] noises = heldOut.Length == 0 ? [settings.InputNoise ?? 0] : NoisesFor((training, heldOut));
        return noises.Length == 1 ? noises[0] : Choice(heldOut).Best(Run(training, heldOut, noises, CountGrid.Of(data.Groups))).Noise;
    }

    /// <summary>
    /// A path down to one group on these rows alone. On the CPU they are copied: a run on few of the rows need not carry all through its compactions. On a
    /// device all rows are there already.
    /// </summary>
    public PathResult Rank(int[] rows, double noise, int seed)
    {
        int[] own = settings.IsOnDevice ? rows : [.. Enumerable.Range(0, rows.Length)];
        var runs = new TrialRuns(settings.IsOnDevice ? data : data.Take(rows), settings with { Seed = seed, RecordGates = false }, context);
        return runs.Follow(runs.Features(own), own, noise, run => run.FollowToCounts([1])) with { Snapshots = [] };
    }

    /// <summary>Follows a path on all these rows, with none held out.</summary>
    public PathResult Follow(FeatureRows features, int[] training, double noise, Func<PathRun, PathResult> follow)
    {
        PathResult? path = null;
        Follow(features, training, [], noise, follow, ref path);
        return path!;
    }

    /// <summary>Follows a path; where it is cancelled, <paramref name="path"/> is as far as it came, or null before its first point.</summary>
    public void Follow(FeatureRows features, int[] training, int[] heldOut, double noise, Func<PathRun, PathResult> follow, ref PathResult? path)
    {
        using PathRun run = NewRun(features, training, heldOut, noise, run: 0);
        try
        {
            path = follow(run);
        }
        catch (OperationCanceledException)
        {
            path = run.SoFar;
            throw;
        }
    }

    /// <summary>A path to the λ given, its end polished and certified.</summary>
    public PathResult StationaryPointSolver(FeatureRows features, int[] training, int[] heldOut, PathResult path) =>
        new StationaryPointSolver(data, features, training, heldOut, settings, new RandomStream(settings.Seed, PathStream), context).Run(path);

    /// <summary>Follows one of several paths that differ in their random numbers; the first is that of a single run.</summary>
    public PathResult Follow(FeatureRows features, int[] training, int[] heldOut, double noise, int[] counts, int run)
    {
        using PathRun path = NewRun(features, training, heldOut, noise, run);
        return path.FollowToCounts(counts);
    }

    /// <summary>A network of groups at which no path has been: trained on their columns from the beginning, twice as long as a refit takes but with gates open, then refitted.</summary>
    public Candidate TrainFromScratch(FeatureRows features, int[] training, int[] heldOut, PathResult path, int[] groups, double noise)
    {
        TrainingSet selected = data with { Groups = data.Groups.Select(groups) };
        TrainingSettings dense = settings with { DenseIterations = 2 * settings.RefitIterations, RecordNorms = false, RecordGates = false };
        using var run = new PathRun(
            selected, features, training, [], noise: 0, dense, new RandomStream(settings.Seed, AnewStream), context, data.Groups.ColumnsOf(groups));
        var snapshot = new PathSnapshot(groups, run.FollowToCounts([groups.Length]).Snapshots[0].State);
        return new Candidate(noise, path, snapshot, Refit(features, training, heldOut, snapshot));
    }

    public RefitResult Refit(FeatureRows features, int[] training, int[] heldOut, PathSnapshot snapshot) =>
        Evaluation.Refit.Run(data, features, training, heldOut, snapshot, settings, new RandomStream(settings.Seed, RefitStream), context);

    public OneStandardErrorSelector Choice(int[] heldOut, int[]? blocks = null) =>
        new(settings.Loss, data.Weights is null ? [] : Array.ConvertAll(heldOut, row => data.Weights[row]), blocks);

    public ColumnScaling Scaling(int[] rows) => ColumnScaling.Compute(data.Features, rows, data.Weights);

    public FeatureRows Features(int[] training) => new(data.Features, Scaling(training));

    // Noise keeps a network from memorising rows before groups are selected. One that does not memorise says more of held-out rows than
    // a constant when its dense phase ends; there noise was never better, at no count (docs/defaults.md), and whole paths need not be followed to see it.
    private bool Memorises((int[] Training, int[] HeldOut)[] splits)
    {
        var dense = new TrialRuns(data, settings with { RecordNorms = false, RecordGates = false }, context);
        (double Network, double Constant)[] losses = dense.Independent(splits.Length, i =>
        {
            (int[] training, int[] heldOut) = splits[i];
            PathResult? path = null;
            dense.Follow(Features(training), training, heldOut, noise: 0, run => run.FollowToCounts([data.Groups.Count]), ref path);
            return (path!.Points[0].HeldOutLoss, RowEvaluation.OfConstant(data, heldOut, settings.Loss));
        });
        double network = losses.Average(part => part.Network), constant = losses.Average(part => part.Constant);
        bool memorises = !(network < constant);
        context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"After its dense phase the network's mean loss on held-out rows is {network:g3}, that of a constant {constant:g3}: {(memorises ? $"it memorises its rows, and input noise {string.Join(", ", s_noises)} is tried" : "no input noise is needed")}."));
        return memorises;
    }

    // Refits depend on their path alone. On a device they go in lockstep; on the CPU other paths have the other threads.
    private void RefitEach(int count, Action<int> refit)
    {
        if (settings.IsOnDevice)
        {
            Independent(count, i =>
            {
                refit(i);
                return i;
            });
            return;
        }

        for (int i = 0; i < count; i++)
        {
            refit(i);
        }
    }

    private PathRun NewRun(FeatureRows features, int[] training, int[] heldOut, double noise, int run) => new(
        data, features, training, heldOut, noise, settings, new RandomStream(settings.Seed, run == 0 ? PathStream : FurtherRunsStream + run), context);

    private PathResult FollowToEnd(PathRun run, int[] counts) => counts.Length > 0 ? run.FollowToCounts(counts)
        : settings.Budget is double budget ? run.FollowToBudget(budget) : run.FollowToLambda(settings.Lambda!.Value);
}
