using MLNet.DGating.Torch.Evaluation;
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
/// <param name="Candidates">The candidates of that noise, and the constant where it is one of them.</param>
/// <param name="Chosen">The smallest candidate as good as the best one within one standard error.</param>
internal sealed record CrossValidation(
    double Noise, CountEvaluation Evaluation, PathResult[] Paths, CrossValidatedCandidate[] Candidates, CrossValidatedCandidate Chosen)
{
    /// <summary>Carries out the cross-validation.</summary>
    /// <param name="workflow">The rows, the settings, and the executor of runs.</param>
    /// <param name="folds">The row numbers of each fold.</param>
    /// <param name="counts">The counts to evaluate, descending.</param>
    public static CrossValidation Run(FitWorkflow workflow, int[][] folds, int[] counts)
    {
        int[][] training = TrainingOf(folds);
        double[] noises = workflow.NoiseLevels([.. training.Zip(folds)]);
        workflow.Announce(0.75);
        RunResult[] results = workflow.Try(folds.SelectMany((fold, i) => noises.Select(noise => Describe(
            workflow, training[i], fold, noise, counts))));
        Candidate[][] ofFolds = [.. results.Select(result => result.Candidates()).Chunk(noises.Length).Select(Flat)];
        return Judge(workflow, folds, counts, ofFolds, endOfRounds: null);
    }

    /// <summary>Goes on with the further folds where the candidates of the first fold are known already.</summary>
    /// <param name="workflow">The rows, the settings, and the executor of runs.</param>
    /// <param name="folds">The row numbers of each fold.</param>
    /// <param name="counts">The counts that were evaluated on the first fold.</param>
    /// <param name="ofFirst">The candidates of the first fold that are evaluated on the others as well, at least one.</param>
    /// <param name="endOfRounds">The end of the rounds that these had at most; null for all rounds.</param>
    public static CrossValidation GoOn(FitWorkflow workflow, int[][] folds, int[] counts, Candidate[] ofFirst, double? endOfRounds)
    {
        int[][] training = TrainingOf(folds);
        (double Noise, int[] Counts)[] paths =
        [
            .. ofFirst.GroupBy(candidate => candidate.Noise)
                .Select(ofNoise => (ofNoise.Key, ofNoise.Select(candidate => candidate.Count).OrderDescending().ToArray())),
        ];
        workflow.Announce(0.6);
        RunResult[] results = workflow.Try(folds.Skip(1).SelectMany((fold, i) => paths.Select(path =>
            Describe(workflow, training[i + 1], fold, path.Noise, path.Counts) with { EndOfRounds = endOfRounds })));
        Candidate[][] others = [.. results.Select(result => result.Candidates()).Chunk(paths.Length).Select(Flat)];
        return Judge(workflow, folds, counts, [ofFirst, .. others], endOfRounds);
    }

    private static Candidate[] Flat(IReadOnlyList<Candidate>[] lists) => [.. lists.SelectMany(list => list)];

    private static int[][] TrainingOf(int[][] folds) =>
        [.. folds.Select(fold => folds.Where(other => other != fold).SelectMany(other => other).Order().ToArray())];

    private static RunDescription Describe(FitWorkflow workflow, int[] training, int[] fold, double noise, int[] counts) =>
        workflow.Settings.Path(training, fold, noise, new StopRule.AtCounts(counts)) with
        {
            Records = PathRecords.None,
            Networks = workflow.IsCountOpen ? KeptNetworks.Snapshots : KeptNetworks.None,
        };

    private static CrossValidation Judge(
        FitWorkflow workflow, int[][] folds, int[] counts, Candidate[][] ofFolds, double? endOfRounds)
    {
        int[][] training = TrainingOf(folds);
        // Every row is held out once, so that candidates are compared on all rows.
        int[] pooled = [.. folds.SelectMany(fold => fold)];
        OneStandardErrorSelector selector = workflow.Selector(pooled);
        CrossValidatedCandidate[] all = Array.ConvertAll(ofFolds[0], first => new CrossValidatedCandidate(
            [.. ofFolds.Select(fold => fold.Single(other => other.Noise == first.Noise && other.Count == first.Count))]));
        CrossValidatedCandidate best = selector.Best(all);
        var constant = new CrossValidatedCandidate(
            [.. folds.Select((fold, i) => workflow.Constant(training[i], fold, best.OfFolds[i].Path))]);
        IEnumerable<CrossValidatedCandidate> ofNoise = all.Where(candidate => candidate.Noise == best.Noise).Select(Calibrated);
        bool isCandidate = workflow.IsConstantACandidate(counts, pooled.Length);
        CrossValidatedCandidate[] candidates = isCandidate ? [.. ofNoise, constant] : [.. ofNoise];
        CrossValidatedCandidate chosen = selector.Choose(candidates);
        if (workflow.IsCountOpen)
        {
            var smaller = new SmallerCandidates(workflow, [.. training.Zip(folds)], endOfRounds);
            (IReadOnlyList<CrossValidatedCandidate> between, chosen) = new CountRefinement(selector, counts).Run(
                chosen, (larger, count) => Calibrated(new CrossValidatedCandidate(smaller.At(larger.OfFolds, count))));
            candidates = [.. candidates.Concat(between).OrderByDescending(candidate => candidate.Count)];
        }

        OneStandardErrorSelector[] selectorOfFold = Array.ConvertAll(folds, fold => workflow.Selector(fold));
        double[] weights = Array.ConvertAll(folds, fold => fold.Sum(row => workflow.Data.Weights?[row] ?? 1.0));
        EvaluatedCount[] evaluated = [.. candidates.Select(candidate => candidate.Evaluate(selectorOfFold, weights))];
        var evaluation = new CountEvaluation(evaluated, best.Count, chosen.Count, pooled.Length)
        {
            Folds = folds.Length,
            Blocks = workflow.Data.BlocksOf(pooled)?.Distinct().Count(),
            IsBetterThanConstant = selector.IsBetterThanConstant(best, constant),
        };
        return new CrossValidation(
            best.Noise, evaluation, Array.ConvertAll(best.OfFolds, candidate => candidate.Path), candidates, chosen);

        CrossValidatedCandidate Calibrated(CrossValidatedCandidate candidate) => candidate with
        {
            Calibration = Calibration.Factor(workflow.Data, pooled, pooled, candidate.HeldOutScores),
        };
    }
}
