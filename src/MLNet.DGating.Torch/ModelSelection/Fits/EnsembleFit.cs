using System.Globalization;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Selects the groups that left last on average over several runs (docs/theory.md §15).</summary>
/// <remarks>
/// The runs differ in their random numbers alone; averaging helps where the selection of one run depends on these. No run has a network of
/// the averaged selection, so it is trained from scratch.
/// </remarks>
/// <param name="workflow">The rows, the settings, and the executor of runs.</param>
/// <param name="trainingRows">The numbers of the rows to train on.</param>
/// <param name="heldOutRows">The numbers of the rows to evaluate on; may be empty.</param>
/// <param name="records">What the paths record in addition to their points.</param>
/// <param name="isForChoice">Whether the runs only help to choose.</param>
internal sealed class EnsembleFit(
    FitWorkflow workflow, int[] trainingRows, int[] heldOutRows, PathRecords records = PathRecords.None, bool isForChoice = true)
{
    /// <summary>A larger noise level that is tried for ensembles where the noise is chosen.</summary>
    /// <remarks>
    /// Their networks are trained from scratch without noise, so that it cannot harm them. On madelon 1.5 finds 19 true features; 1 and 2
    /// find 18 to 19.
    /// </remarks>
    private const double FurtherNoise = 1.5;

    private readonly FitSettings _settings = workflow.Settings;

    private int Runs => _settings.NumberOfRuns;

    /// <summary>Fits an ensemble of exactly <paramref name="count"/> groups at one noise level.</summary>
    public Candidate At(double noise, int count) => At(Follow([noise], count)[0], noise, [count])[0];

    /// <summary>Follows the paths of one ensemble for each noise level, and gives the averaged path of each.</summary>
    /// <param name="noises">The noise levels, deviations.</param>
    /// <param name="end">The count at which the paths end.</param>
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

    /// <summary>Trains networks of the first groups of an averaged ranking from scratch, one for each count.</summary>
    public Candidate[] At(PathResult averaged, double noise, int[] counts) =>
        FromScratch([.. counts.Select(count => (averaged, averaged.Ranking.Take(count).Order().ToArray(), noise))]);

    /// <summary>Gives the ensemble that predicts held-out rows best, if it is better than the selection of one run; else null.</summary>
    /// <remarks>
    /// The networks of both selections are trained from scratch, so that the groups are compared, and not the length of the training or the
    /// weights that noise made small.
    /// </remarks>
    /// <param name="one">The candidate that one run gave.</param>
    /// <param name="noisesOfOne">The noise levels from which it was chosen.</param>
    /// <param name="end">The count to follow the ensembles to, at most that of the one run.</param>
    public Candidate? BetterThan(Candidate one, double[] noisesOfOne, int end)
    {
        OneStandardErrorSelector selector = workflow.Selector(heldOutRows);
        double[] noises = noisesOfOne.Length == 1 ? noisesOfOne : [.. noisesOfOne, FurtherNoise];
        PathResult[] averaged = Follow(noises, end);
        IEnumerable<Candidate> ensembles = averaged.SelectMany((path, i) => At(path, noises[i], [one.Count]));
        Candidate best = ensembles.MinBy(candidate => selector.MeanBoundedLoss(candidate).Mean)!;
        Candidate alone = FromScratch([(one.Path, one.Snapshot.Groups, one.Noise)])[0];
        double lossOfEnsemble = selector.MeanBoundedLoss(best).Mean, lossOfOne = selector.MeanBoundedLoss(alone).Mean;
        bool isBetter = lossOfEnsemble < lossOfOne;
        workflow.Context.Inform(string.Create(CultureInfo.InvariantCulture,
            $"Ensemble of {Runs} runs: {(isBetter ? "" : "not ")}chosen, input noise {best.Noise}, " +
            $"bounded loss on the held-out rows {lossOfEnsemble:g4} against {lossOfOne:g4} with the groups of one run."));
        return isBetter ? best : null;
    }

    private Candidate[] FromScratch((PathResult Path, int[] Groups, double Noise)[] selections)
    {
        RunDescription[] runs = Array.ConvertAll(
            selections, selection => _settings.FromScratch(trainingRows, heldOutRows, selection.Groups));
        RunResult[] results = Execute(runs);
        return
        [
            .. selections.Zip(results.Select(result => result.Refits[0]), (selection, refit) =>
                new Candidate(selection.Noise, selection.Path, refit.Snapshot, refit.Result)),
        ];
    }

    private RunResult[] Execute(RunDescription[] runs)
    {
        workflow.Announce(isForChoice ? 0.4 : 0.7);
        return isForChoice ? workflow.Try(runs) : workflow.Execute(runs);
    }

    // The points are those of the first run: losses have no average over runs that kept different groups.
    private PathResult Average(PathResult[] paths)
    {
        (int[] ranking, double[] lambdaOut) = AverageRanking.Of(paths, _settings.Training.LambdaGrowth);
        return paths[0] with { Ranking = ranking, LambdaOut = lambdaOut };
    }
}
