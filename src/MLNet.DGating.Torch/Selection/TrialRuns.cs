using System.Runtime.ExceptionServices;

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
        rows, settings.Loss is SquaredLoss ? null : row => (int)data.Targets[row], DGatingDefaults.HeldOutFraction, new RandomStream(settings.Seed, SplitStream));

    /// <summary>The same runs on rows held out for a choice: reported as such.</summary>
    public TrialRuns ForChoice => new(data, settings, context with { Progress = progress => context.Progress(progress with { Phase = DGatingPhase.Choosing }) });

    /// <summary>One path a noise level down to the smallest count (to the λ or the budget given, where there are no counts), with a refit at each count.</summary>
    /// <exception cref="OperationCanceledException">A run was cancelled.</exception>
    public Trial[] Run(int[] training, int[] heldOut, double[] noises, int[] counts)
    {
        TrialPath[] paths = RunUntilCancelled(training, heldOut, noises, counts);
        if (paths.FirstOrDefault(path => path.Cancelled is not null) is { Cancelled: { } cancelled })
        {
            ExceptionDispatchInfo.Throw(cancelled);
        }

        return [.. paths.SelectMany(path => path.Trials)];
    }

    /// <summary>The same, a noise level each; of cancelled ones what is done.</summary>
    public TrialPath[] RunUntilCancelled(int[] training, int[] heldOut, double[] noises, int[] counts)
    {
        FeatureRows features = Features(training);
        return IndependentRuns.Run(noises.Length, settings.Threads, i =>
        {
            PathResult? path = null;
            var trials = new List<Trial>();
            try
            {
                Follow(features, training, heldOut, noises[i], run => FollowToEnd(run, counts), ref path);
                if (settings.Certify && counts.Length == 0)
                {
                    path = Polish(features, training, heldOut, path!);
                }

                foreach (PathSnapshot snapshot in path!.Snapshots)
                {
                    trials.Add(new Trial(noises[i], path, snapshot, Refit(features, training, heldOut, snapshot)));
                }
            }
            catch (OperationCanceledException cancelled)
            {
                return new TrialPath(noises[i], path, trials, cancelled);
            }

            return new TrialPath(noises[i], path, trials, null);
        });
    }

    /// <summary>Follows a path; where it is cancelled, <paramref name="path"/> is as far as it came, or null before its first point.</summary>
    public void Follow(FeatureRows features, int[] training, int[] heldOut, double noise, Func<PathRun, PathResult> follow, ref PathResult? path)
    {
        using var run = new PathRun(data, features, training, heldOut, noise, settings, new RandomStream(settings.Seed, PathStream), context);
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

    private PathResult FollowToEnd(PathRun run, int[] counts) => counts.Length > 0 ? run.FollowToCounts(counts)
        : settings.Budget is double budget ? run.FollowToBudget(budget) : run.FollowToLambda(settings.Lambda!.Value);

    /// <summary>A path to the λ given, its end polished and certified.</summary>
    public PathResult Polish(FeatureRows features, int[] training, int[] heldOut, PathResult path) =>
        new Polish(data, features, training, heldOut, settings, new RandomStream(settings.Seed, PathStream), context).Run(path);

    public RefitResult Refit(FeatureRows features, int[] training, int[] heldOut, PathSnapshot snapshot) =>
        Torch.Refit.Run(data, features, training, heldOut, snapshot, settings, new RandomStream(settings.Seed, RefitStream), context);

    public HeldOutChoice Choice(int[] heldOut) =>
        new(settings.Loss, data.Weights is null ? [] : Array.ConvertAll(heldOut, row => data.Weights[row]));

    public ColumnScaling Scaling(int[] rows) => ColumnScaling.Compute(data.Features, rows, data.Weights);

    public FeatureRows Features(int[] training) => new(data.Features, Scaling(training));
}
