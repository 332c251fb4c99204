using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Counts evaluated on all rows: every fold is held out once, and the others are followed down the path and refitted.</summary>
/// <remarks>At every noise level still open; every fold and noise level is an independent run.</remarks>
/// <param name="Noise">The noise given or chosen.</param>
/// <param name="Evaluation">How the counts do at that noise: means over the folds.</param>
/// <param name="Paths">The path of each fold at that noise.</param>
internal sealed record CrossValidation(double Noise, CountEvaluation Evaluation, PathResult[] Paths)
{
    /// <param name="workflow">The rows, what is asked for, and who carries out runs.</param>
    /// <param name="folds">Parts of the rows.</param>
    /// <param name="blockOf">A row's block, 0, 1, …; null where all rows are independent.</param>
    /// <param name="counts">The counts to evaluate.</param>
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

        // Every row is held out once, so that candidates are compared on all rows.
        int[] pooled = [.. folds.SelectMany(fold => fold)];
        OneStandardErrorSelector selector = workflow.Selector(pooled, blockOf is null ? null : Array.ConvertAll(pooled, row => blockOf[row]));
        CrossValidatedCandidate[] candidates =
        [
            .. noises.SelectMany((_, noise) => candidatesOfRun[0].Select((_, count) =>
                new CrossValidatedCandidate([.. folds.Select((_, fold) => candidatesOfRun[fold * noises.Length + noise][count])]))),
        ];
        CrossValidatedCandidate best = selector.Best(candidates);
        OneStandardErrorSelector[] selectorOfFold = Array.ConvertAll(folds, fold => workflow.Selector(fold));
        double[] weights = Array.ConvertAll(folds, fold => fold.Sum(row => workflow.Data.Weights?[row] ?? 1.0));
        EvaluatedCount[] counted = [.. candidates.Where(candidate => candidate.Noise == best.Noise).Select(candidate => candidate.Evaluate(selectorOfFold, weights))];
        return new CrossValidation(
            best.Noise,
            new CountEvaluation(counted, best.Count, selector.Choose(candidates).Count, pooled.Length) { Folds = folds.Length, Blocks = blockOf?.Distinct().Count() },
            [.. results.Where(result => result.InputNoise == best.Noise).Select(result => result.Path!)]);
    }
}
