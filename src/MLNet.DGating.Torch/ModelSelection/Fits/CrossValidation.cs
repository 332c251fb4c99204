using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Evaluates counts by cross-validation: every fold is held out once while a path is followed on the others.</summary>
/// <remarks>Every fold is an independent run at each noise level that is tried.</remarks>
/// <param name="Noise">The input noise that was given or chosen.</param>
/// <param name="Evaluation">The evaluation of the counts at that noise: means over the folds.</param>
/// <param name="Paths">The path of each fold at that noise.</param>
internal sealed record CrossValidation(double Noise, CountEvaluation Evaluation, PathResult[] Paths)
{
    /// <summary>Carries out the cross-validation.</summary>
    /// <param name="workflow">The rows, the settings, and the executor of runs.</param>
    /// <param name="folds">The row numbers of each fold.</param>
    /// <param name="blockOf">The block of each row, 0, 1, …; null where all rows are independent.</param>
    /// <param name="counts">The counts to evaluate, descending.</param>
    public static CrossValidation Run(FitWorkflow workflow, int[][] folds, int[]? blockOf, int[] counts)
    {
        int[][] training = [.. folds.Select(fold => folds.Where(other => other != fold).SelectMany(other => other).Order().ToArray())];
        double[] noises = workflow.NoiseLevels([.. training.Zip(folds)]);
        RunResult[] results = workflow.Try(folds.SelectMany((fold, i) => noises.Select(noise =>
            workflow.Settings.Path(training[i], fold, noise, new StopRule.AtCounts(counts)) with
            {
                Records = PathRecords.None,
                KeepsNetworks = false,
            })));
        IReadOnlyList<Candidate>[] candidatesOfRun = Array.ConvertAll(results, result => result.Candidates());
        CrossValidatedCandidate[] candidates = Combine(candidatesOfRun, folds.Length, noises.Length);

        // Every row is held out once, so that candidates are compared on all rows.
        int[] pooled = [.. folds.SelectMany(fold => fold)];
        int[]? blocks = blockOf is null ? null : Array.ConvertAll(pooled, row => blockOf[row]);
        OneStandardErrorSelector selector = workflow.Selector(pooled, blocks);
        CrossValidatedCandidate best = selector.Best(candidates);
        OneStandardErrorSelector[] selectorOfFold = Array.ConvertAll(folds, fold => workflow.Selector(fold));
        double[] weights = Array.ConvertAll(folds, fold => fold.Sum(row => workflow.Data.Weights?[row] ?? 1.0));
        IEnumerable<CrossValidatedCandidate> ofNoise = candidates.Where(candidate => candidate.Noise == best.Noise);
        EvaluatedCount[] evaluated = [.. ofNoise.Select(candidate => candidate.Evaluate(selectorOfFold, weights))];
        return new CrossValidation(
            best.Noise,
            new CountEvaluation(evaluated, best.Count, selector.Choose(candidates).Count, pooled.Length)
            {
                Folds = folds.Length,
                Blocks = blockOf?.Distinct().Count(),
            },
            [.. results.Where(result => result.InputNoise == best.Noise).Select(result => result.Path!)]);
    }

    // The runs are ordered by fold, and those of one fold by noise.
    private static CrossValidatedCandidate[] Combine(IReadOnlyList<Candidate>[] candidatesOfRun, int folds, int noises) =>
    [
        .. Enumerable.Range(0, noises).SelectMany(noise => candidatesOfRun[0].Select((_, count) =>
            new CrossValidatedCandidate([.. Enumerable.Range(0, folds).Select(fold => candidatesOfRun[fold * noises + noise][count])]))),
    ];
}
