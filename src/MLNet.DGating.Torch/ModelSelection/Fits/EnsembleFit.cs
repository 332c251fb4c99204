using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>
/// Selects by several runs that differ in their random numbers alone: the groups that left last on average (docs/theory.md §15).
/// </summary>
/// <remarks>For data where one run is luck. No run has been where such a selection is, so its network is trained from scratch.</remarks>
/// <param name="workflow">The rows, what is asked for, and who carries out runs.</param>
/// <param name="trainingRows">Rows to train on.</param>
/// <param name="heldOutRows">Rows to evaluate on; may be empty.</param>
/// <param name="records">What paths record.</param>
/// <param name="isForChoice">Whether the runs only help to choose.</param>
internal sealed class EnsembleFit(
    FitWorkflow workflow, int[] trainingRows, int[] heldOutRows, PathRecords records = PathRecords.None, bool isForChoice = true)
{
    /// <summary>
    /// Where input noise is chosen, ensembles may have more: their networks are trained from scratch, and forget what it did.
    /// </summary>
    /// <remarks>On madelon 1.5 finds 19 true features, 1 and 2 find 18 to 19.</remarks>
    private const double FurtherNoise = 1.5;

    private readonly FitSettings _settings = workflow.Settings;

    private int Runs => _settings.NumberOfRuns;

    /// <summary>An ensemble at this noise, of exactly so many groups.</summary>
    public Candidate At(double noise, int count) => At(Follow([noise], count)[0], noise, [count])[0];

    /// <summary>The averaged path of one ensemble a noise level, down to a count.</summary>
    public PathResult[] Follow(double[] noises, int end)
    {
        RunDescription[] runs =
        [
            .. noises.SelectMany(noise => Enumerable.Range(0, Runs).Select(run =>
                _settings.Path(trainingRows, run == 0 ? heldOutRows : [], noise, StopRule.AtCount(end)) with
                {
                    Purpose = RandomPurpose.PathOf(run),
                    Refits = false,
                    Records = records | (_settings.RecordGateDynamics ? PathRecords.Gates : PathRecords.None),
                })),
        ];
        return [.. Execute(runs).Select(result => result.Path!).Chunk(Runs).Select(Average)];
    }

    /// <summary>So many groups each from the front of an averaged path's ranking, trained from scratch.</summary>
    public Candidate[] At(PathResult averaged, double noise, int[] counts) =>
        FromScratch([.. counts.Select(count => (averaged, averaged.Ranking.Take(count).Order().ToArray(), noise))]);

    /// <summary>
    /// The ensemble whose groups predict the held-out rows best, if they do so better than those of the one run; else null.
    /// </summary>
    /// <remarks>
    /// All groups are trained from scratch for it: so they are compared, and not how long a network was trained, nor how small its weights
    /// had become under noise.
    /// </remarks>
    /// <param name="one">What one run chose.</param>
    /// <param name="noisesOfOne">The noise levels among which the one run was.</param>
    /// <param name="end">The count to follow the ensembles to, at most that of the one run.</param>
    public Candidate? BetterThan(Candidate one, double[] noisesOfOne, int end)
    {
        OneStandardErrorSelector selector = workflow.Selector(heldOutRows);
        double[] noises = noisesOfOne.Length == 1 ? noisesOfOne : [.. noisesOfOne, FurtherNoise];
        PathResult[] averaged = Follow(noises, end);
        Candidate best = averaged.SelectMany((path, i) => At(path, noises[i], [one.Count])).MinBy(candidate => selector.MeanBoundedLoss(candidate).Mean)!;
        Candidate alone = FromScratch([(one.Path, one.Snapshot.Groups, one.Noise)])[0];
        double ensembles = selector.MeanBoundedLoss(best).Mean, ones = selector.MeanBoundedLoss(alone).Mean;
        bool isBetter = ensembles < ones;
        workflow.Context.Inform(
            FormattableString.Invariant($"Ensemble of {Runs} runs: {(isBetter ? "" : "not ")}chosen, input noise {best.Noise}, ") +
            FormattableString.Invariant($"bounded loss on the held-out rows {ensembles:g4} against {ones:g4} with the groups of one run."));
        return isBetter ? best : null;
    }

    private Candidate[] FromScratch((PathResult Path, int[] Groups, double Noise)[] selections)
    {
        RunResult[] results = Execute([.. selections.Select(selection => _settings.FromScratch(trainingRows, heldOutRows, selection.Groups))]);
        return [.. selections.Zip(results, (selection, result) => new Candidate(selection.Noise, selection.Path, result.Refits[0].Snapshot, result.Refits[0].Result))];
    }

    private RunResult[] Execute(RunDescription[] runs) => isForChoice ? workflow.Try(runs) : workflow.Executor.Execute(runs).OrThrow(workflow.Context);

    // The points are the first run's: losses have no average over runs that kept different groups.
    private PathResult Average(PathResult[] paths)
    {
        (int[] ranking, double[] lambdaOut) = AverageRanking.Of(paths, _settings.Training.LambdaGrowth);
        return paths[0] with { Ranking = ranking, LambdaOut = lambdaOut };
    }
}
