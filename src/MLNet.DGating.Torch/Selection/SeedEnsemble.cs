namespace MLNet.DGating.Torch;

/// <summary>
/// Selections by several runs that differ in their random numbers alone, for data where one run is luck: the groups that left last
/// on average. No run has been where such a selection is, so its network is trained from the beginning, on its columns only.
/// </summary>
internal sealed class SeedEnsemble(TrainingSettings settings, TrialRuns runs)
{
    /// <summary>One ensemble a noise level, of exactly so many groups.</summary>
    public Trial[] Run(int[] training, int[] heldOut, double[] noises, int count)
    {
        FeatureRows features = runs.Features(training);
        PathResult[] paths = IndependentRuns.Run(noises.Length * settings.Runs, settings.Threads, i =>
            runs.Follow(features, training, heldOut: i % settings.Runs == 0 ? heldOut : [], noises[i / settings.Runs], [count], run: i % settings.Runs));
        return IndependentRuns.Run(noises.Length, settings.Threads, i =>
        {
            PathResult[] ofNoise = paths[(i * settings.Runs)..((i + 1) * settings.Runs)];
            (int[] ranking, double[] lambdaOut) = AverageLeaving.Of(ofNoise, settings.LambdaGrowth);
            // The points are the first run's: losses have no average over runs that kept different groups.
            PathResult averaged = ofNoise[0] with { Ranking = ranking, LambdaOut = lambdaOut };
            return runs.TrainAnew(features, training, heldOut, averaged, [.. ranking.Take(count).Order()], noises[i]);
        });
    }

    /// <summary>
    /// The ensemble whose groups predict the held-out rows better than those of the one run do, or null. Both sets of groups are trained from the
    /// beginning for it: so the groups are compared, and not how long a network was trained.
    /// </summary>
    /// <param name="one">What one run chose.</param>
    /// <param name="trials">All that it was chosen from: at its count, noise levels that are no worse by a standard error are tried with ensembles too.</param>
    /// <param name="training">Rows to train on.</param>
    /// <param name="heldOut">Rows to judge by.</param>
    /// <param name="choice">Judges by these rows.</param>
    /// <param name="inform">Takes what was decided.</param>
    public Trial? BetterThan(Trial one, IEnumerable<Trial> trials, int[] training, int[] heldOut, HeldOutChoice choice, Action<string> inform)
    {
        double[] noises = [.. trials.Where(trial => trial.Count == one.Count && !choice.IsBetter(one, trial, standardErrors: 1)).Select(trial => trial.Noise).Distinct()];
        Trial best = Run(training, heldOut, noises, one.Count).MinBy(trial => choice.Judge(trial).Misfit)!;
        Trial anew = IndependentRuns.Run(1, 1, _ => runs.TrainAnew(runs.Features(training), training, heldOut, one.Path, one.Snapshot.Groups, one.Noise))[0];
        double ensembles = choice.Judge(best).Misfit, ones = choice.Judge(anew).Misfit;
        bool isBetter = ensembles < ones;
        inform(FormattableString.Invariant(
            $"Ensemble of {settings.Runs} runs: {(isBetter ? "" : "not ")}chosen, input noise {best.Noise}, misfit on the held-out rows {ensembles:g4} against {ones:g4} with the groups of one run."));
        return isBetter ? best : null;
    }
}
