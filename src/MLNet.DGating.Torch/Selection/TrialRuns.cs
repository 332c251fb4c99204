namespace MLNet.DGating.Torch;

/// <summary>The runs that fits are made of: paths on some rows at some noise levels, refitted at the counts asked for, judged on other rows.</summary>
internal sealed class TrialRuns(TrainingSet data, TrainingSettings settings, RunContext context)
{
    // Streams of the seed: changing one part of a fit leaves the random numbers of the others as they are.
    private const int SplitStream = 0, PathStream = 1, RefitStream = 2;
    private const int FoldStream = 10, FirstPairStream = 1000;

    /// <summary>Noise levels tried: none, and the two that turned 6 of madelon's 20 true features into 17 and 19.</summary>
    private static readonly double[] s_noises = [0, 0.5, 1];

    /// <summary>The noise given, or those to choose from.</summary>
    public double[] Noises => settings.InputNoise is double given ? [given] : s_noises;

    private Func<int, int>? StrataOf => settings.Loss is SquaredLoss ? null : row => (int)data.Targets[row];

    /// <summary>Part of the rows, held out for choices.</summary>
    public (int[] Training, int[] HeldOut) Split(int[] rows) => HeldOutSplit.Split(
        rows, StrataOf, DGatingDefaults.HeldOutFraction, new RandomStream(settings.Seed, SplitStream));

    /// <summary>The rows in parts of the same size, each to be held out once.</summary>
    public int[][] Fold(int[] rows, Func<int, int>? blockOf, int count) =>
        Folds.Deal(rows, StrataOf, blockOf, count, new RandomStream(settings.Seed, FoldStream));

    /// <summary>Two disjoint halves of the rows, and a seed for the runs on each: everything random about a pair comes from a stream of its own.</summary>
    public (int[] Half, int Seed)[] Pair(int[] rows, int number)
    {
        var random = new RandomStream(settings.Seed, FirstPairStream + number);
        return [.. Folds.Deal(rows, StrataOf, null, 2, random).Select(half => (half, (int)random.NextUInt64()))];
    }

    /// <summary>One path a noise level down to the smallest count (to the λ given, where there are no counts), with a refit at each count.</summary>
    public Trial[] Run(int[] training, int[] heldOut, double[] noises, int[] counts)
    {
        FeatureRows features = Features(training);
        Trial[][] trials = IndependentRuns.Run(noises.Length, settings.Threads, i => RunOne(features, training, heldOut, noises[i], counts));
        return [.. trials.SelectMany(trial => trial)];
    }

    /// <summary>The same, on rows held out for the choice: reported as such.</summary>
    public Trial[] RunForChoice(int[] training, int[] heldOut, double[] noises, int[] counts) => ForChoice().Run(training, heldOut, noises, counts);

    /// <summary>The same runs, reported as made for a choice.</summary>
    public TrialRuns ForChoice() => new(data, settings, context with { Progress = progress => context.Progress(progress with { Phase = DGatingPhase.Choosing }) });

    /// <summary>The noise given, or the one that is best on a held-out part of the rows.</summary>
    public double ChooseNoise(int[] rows)
    {
        (int[] training, int[] heldOut) = Split(rows);
        return Noises.Length == 1 || heldOut.Length == 0 ? Noises[0] : Choice(heldOut).Best(RunForChoice(training, heldOut, Noises, CountLadder.Of(data.Groups.Count))).Noise;
    }

    /// <summary>A path down to one group on these rows alone, which are copied: a run on few of the rows need not carry all through its compactions.</summary>
    public PathResult Rank(int[] rows, double noise, int seed)
    {
        int[] all = [.. Enumerable.Range(0, rows.Length)];
        var runs = new TrialRuns(data.Take(rows), settings with { Seed = seed }, context);
        return runs.Follow(runs.Features(all), all, [], noise, run => run.FollowToCounts([1])) with { Snapshots = [] };
    }

    /// <summary>One path, with a refit at each count.</summary>
    public Trial[] RunOne(FeatureRows features, int[] training, int[] heldOut, double noise, int[] counts)
    {
        PathResult path = Follow(features, training, heldOut, noise, run => counts.Length > 0 ? run.FollowToCounts(counts) : run.FollowToLambda(settings.Lambda!.Value));
        return [.. path.Snapshots.Select(snapshot => new Trial(noise, path, snapshot, Refit(features, training, heldOut, snapshot)))];
    }

    public PathResult Follow(FeatureRows features, int[] training, int[] heldOut, double noise, Func<PathRun, PathResult> follow)
    {
        using var run = new PathRun(data, features, training, heldOut, noise, settings, new RandomStream(settings.Seed, PathStream), context);
        return follow(run);
    }

    public RefitResult Refit(FeatureRows features, int[] training, int[] heldOut, PathSnapshot snapshot) =>
        Torch.Refit.Run(data, features, training, heldOut, snapshot, settings, new RandomStream(settings.Seed, RefitStream), context);

    public HeldOutChoice Choice(int[] heldOut) =>
        new(settings.Loss, data.Weights is null ? [] : Array.ConvertAll(heldOut, row => data.Weights[row]));

    public ColumnScaling Scaling(int[] rows) => ColumnScaling.Compute(data.Features, rows, data.Weights);

    public FeatureRows Features(int[] training) => new(data.Features, Scaling(training));
}
