using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>
/// Selections by several runs that differ in their random numbers alone, for data where one run is luck: the groups that left last
/// on average. No run has been where such a selection is, so its network is trained from the beginning, on its columns only.
/// </summary>
internal sealed class EnsembleFit(TrainingSettings settings, TrialRuns runs)
{
    /// <summary>Where input noise is chosen, ensembles may have more: their networks are trained anew, and what noise did to the weights is forgotten (madelon: 19 true features with 1.5, 18 to 19 with 1 or 2).</summary>
    private const double FurtherNoise = 1.5;

    /// <summary>An ensemble at this noise, of exactly so many groups.</summary>
    public Candidate Run(int[] training, int[] heldOut, double noise, int count) =>
        At(training, heldOut, Follow(training, heldOut, [noise], count)[0], noise, [count])[0];

    /// <summary>The averaged path of one ensemble a noise level, down to a count.</summary>
    public PathResult[] Follow(int[] training, int[] heldOut, double[] noises, int end)
    {
        FeatureRows features = runs.Features(training);
        PathResult[] paths = runs.Independent(noises.Length * settings.Runs, i =>
            runs.Follow(features, training, heldOut: i % settings.Runs == 0 ? heldOut : [], noises[i / settings.Runs], [end], run: i % settings.Runs));
        return [.. paths.Chunk(settings.Runs).Select(Average)];
    }

    /// <summary>So many groups each from the front of an averaged path's ranking, trained from the beginning.</summary>
    public Candidate[] At(int[] training, int[] heldOut, PathResult averaged, double noise, int[] counts)
    {
        FeatureRows features = runs.Features(training);
        return runs.Independent(counts.Length, i =>
            runs.TrainFromScratch(features, training, heldOut, averaged, [.. averaged.Ranking.Take(counts[i]).Order()], noise));
    }

    /// <summary>
    /// The ensemble whose groups predict the held-out rows best, if they do so better than those of the one run; else null. All groups are trained
    /// from the beginning for it: so they are compared, and not how long a network was trained, nor how small its weights had become under noise.
    /// </summary>
    /// <param name="one">What one run chose.</param>
    /// <param name="noisesOfOne">The noise levels among which the one run was.</param>
    /// <param name="end">The count to follow the ensembles to, at most that of the one run.</param>
    /// <param name="training">Rows to train on.</param>
    /// <param name="heldOut">Rows to judge by.</param>
    /// <param name="choice">Judges by these rows.</param>
    /// <param name="inform">Takes what was decided.</param>
    public Candidate? BetterThan(Candidate one, double[] noisesOfOne, int end, int[] training, int[] heldOut, OneStandardErrorSelector choice, Action<string> inform)
    {
        double[] noises = noisesOfOne.Length == 1 ? noisesOfOne : [.. noisesOfOne, FurtherNoise];
        Candidate best = Follow(training, heldOut, noises, end).SelectMany((averaged, i) => At(training, heldOut, averaged, noises[i], [one.Count])).MinBy(trial => choice.Judge(trial).BoundedLoss)!;
        Candidate anew = runs.Independent(1, _ => runs.TrainFromScratch(runs.Features(training), training, heldOut, one.Path, one.Snapshot.Groups, one.Noise))[0];
        double ensembles = choice.Judge(best).BoundedLoss, ones = choice.Judge(anew).BoundedLoss;
        bool isBetter = ensembles < ones;
        inform(FormattableString.Invariant(
            $"Ensemble of {settings.Runs} runs: {(isBetter ? "" : "not ")}chosen, input noise {best.Noise}, misfit on the held-out rows {ensembles:g4} against {ones:g4} with the groups of one run."));
        return isBetter ? best : null;
    }

    // The points are the first run's: losses have no average over runs that kept different groups.
    private PathResult Average(PathResult[] paths)
    {
        (int[] ranking, double[] lambdaOut) = AverageRanking.Of(paths, settings.LambdaGrowth);
        return paths[0] with { Ranking = ranking, LambdaOut = lambdaOut };
    }
}
