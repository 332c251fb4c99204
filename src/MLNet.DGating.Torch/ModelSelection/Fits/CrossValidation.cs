using System.Runtime.ExceptionServices;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>
/// Counts judged on all rows: every fold is held out once, and the others are followed down the path and refitted, at every noise
/// level still open. Every fold and noise level is an independent run.
/// </summary>
/// <param name="Noise">The noise given or chosen.</param>
/// <param name="CountEvaluation">How the counts did at that noise: means over the folds.</param>
/// <param name="Paths">The path of each fold at that noise.</param>
internal sealed record CrossValidation(double Noise, CountEvaluation CountEvaluation, PathResult[] Paths)
{
    /// <inheritdoc cref="PathFit.RunCrossValidated"/>
    public static CrossValidation Run(TrainingSet data, int[][] folds, int[]? blockOf, int[] counts, TrainingSettings settings, RunContext context)
    {
        TrialRuns runs = new TrialRuns(data, settings, context).ForChoice;
        int[][] training = [.. folds.Select(fold => folds.Where(other => other != fold).SelectMany(other => other).Order().ToArray())];
        double[] noises = runs.NoisesFor([.. training.Zip(folds)]);
        FeatureRows[] features = Array.ConvertAll(training, runs.Features);
        RunResult[] paths = runs.Independent(folds.Length * noises.Length, i =>
        {
            (int fold, int noise) = Math.DivRem(i, noises.Length);
            RunResult path = runs.RunOne(features[fold], training[fold], folds[fold], noises[noise], counts);
            if (path.Cancelled is not null)
            {
                ExceptionDispatchInfo.Throw(path.Cancelled);
            }

            return path.WithoutNetworks();
        });

        // Every row is held out once, so that candidates are compared on all rows.
        int[] pooled = [.. folds.SelectMany(fold => fold)];
        OneStandardErrorSelector choice = runs.Choice(pooled, blockOf is null ? null : Array.ConvertAll(pooled, row => blockOf[row]));
        CrossValidatedCandidate[] candidates = [.. noises.SelectMany((_, noise) => paths[0].Trials.Select((_, count) =>
            new CrossValidatedCandidate([.. folds.Select((_, fold) => paths[fold * noises.Length + noise].Trials[count])])))];
        CrossValidatedCandidate best = choice.Best(candidates);
        OneStandardErrorSelector[] choices = Array.ConvertAll(folds, fold => runs.Choice(fold));
        double[] weights = Array.ConvertAll(folds, fold => fold.Sum(row => data.Weights?[row] ?? 1.0));
        return new CrossValidation(
            best.Noise,
            new CountEvaluation(
                [.. candidates.Where(candidate => candidate.Noise == best.Noise).Select(candidate => candidate.Judge(choices, weights))],
                best.Count, choice.Choose(candidates).Count, pooled.Length, folds.Length, blockOf?.Distinct().Count()),
            [.. paths.Where(path => path.Noise == best.Noise).Select(path => path.Path!)]);
    }
}
