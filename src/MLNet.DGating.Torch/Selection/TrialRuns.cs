namespace MLNet.DGating.Torch;

/// <summary>The runs that fits are made of: paths on some rows at some noise levels, refitted at the counts asked for, judged on other rows.</summary>
internal sealed class TrialRuns(TrainingSet data, TrainingSettings settings, RunContext context)
{
    // Streams of the seed: changing one part of a fit leaves the random numbers of the others as they are.
    private const int SplitStream = 0, PathStream = 1, RefitStream = 2;

    /// <summary>Noise levels tried: none, and the two that turned 6 of madelon's 20 true features into 17 and 19.</summary>
    private static readonly double[] s_noises = [0, 0.5, 1];

    /// <summary>The noise given, or those to choose from.</summary>
    public double[] Noises => settings.InputNoise is double given ? [given] : s_noises;

    /// <summary>Part of the rows, held out for choices.</summary>
    public (int[] Training, int[] HeldOut) Split(int[] rows) => HeldOutSplit.Split(
        rows, settings.Loss is SquaredLoss or ReconstructionLoss ? null : row => (int)data.Targets[row], DGatingDefaults.HeldOutFraction, new RandomStream(settings.Seed, SplitStream));

    /// <summary>One path a noise level down to the smallest count (to the λ given, where there are no counts), with a refit at each count.</summary>
    public Trial[] Run(int[] training, int[] heldOut, double[] noises, int[] counts)
    {
        FeatureRows features = Features(training);
        Trial[][] trials = IndependentRuns.Run(noises.Length, settings.Threads, i =>
        {
            PathResult path = Follow(features, training, heldOut, noises[i], run => counts.Length > 0 ? run.FollowToCounts(counts) : run.FollowToLambda(settings.Lambda!.Value));
            return path.Snapshots.Select(snapshot => new Trial(noises[i], path, snapshot, Refit(features, training, heldOut, snapshot))).ToArray();
        });
        return [.. trials.SelectMany(trial => trial)];
    }

    /// <summary>The same, on rows held out for the choice: reported as such.</summary>
    public Trial[] RunForChoice(int[] training, int[] heldOut, double[] noises, int[] counts)
    {
        RunContext choosing = context with { Progress = progress => context.Progress(progress with { Phase = DGatingPhase.Choosing }) };
        return new TrialRuns(data, settings, choosing).Run(training, heldOut, noises, counts);
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
