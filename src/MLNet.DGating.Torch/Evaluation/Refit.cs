using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective.Losses;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>
/// Training without the gate penalty on the selected columns alone, from where the path left them (docs/theory.md §8): the penalty
/// shrank what it kept. The step size falls to zero along a cosine.
/// </summary>
internal static class Refit
{
    /// <summary>The refitted parameters and, of the held-out rows (may be none), the loss of each.</summary>
    public static RefitResult Run(
        TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, PathSnapshot snapshot,
        TrainingSettings settings, RandomStream random, RunContext context)
    {
        Loss loss = settings.Loss;
        if (snapshot.Groups.Length == 0)
        {
            return Constant(data, trainingRows, heldOutRows, loss);
        }

        TrainingSet selected = data with { Groups = data.Groups.Select(snapshot.Groups) };
        var schedule = new BatchSchedule(trainingRows, settings.BatchSize, settings.MaximumStepsPerIteration, random, data.Pool);
        using INetwork network = NetworkFactory.Create(features, data.Groups.ColumnsOf(snapshot.Groups), selected, trainingRows, schedule.BatchRows, settings, random);
        network.Load(snapshot.State, StepSettings.Ungated);
        var descent = new Descent(network, schedule, snapshot.State, settings.Loss, context);
        StepSettings step = settings.RefitStep();
        double mean = double.NaN;
        for (int iteration = 0; iteration < settings.RefitIterations; iteration++)
        {
            double done = iteration;
            mean = descent.Iterate(step, part =>
                settings.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (done + part) / settings.RefitIterations)));
            context.Progress(new DGatingProgress(DGatingPhase.Refit, iteration + 1, 0, selected.Groups.Count, mean));
        }

        return Judged(new RefitResult(settings.Shape, descent.State, mean, []), data, heldOutRows, network.Score(heldOutRows), loss);
    }

    // Without features the best model is a constant: a linear layer of no inputs.
    private static RefitResult Constant(TrainingSet data, int[] trainingRows, int[] heldOutRows, Loss loss)
    {
        float[] scores = loss.BaselineScores(data, trainingRows);
        var constant = new RefitResult(new NetworkShape([], loss.Outputs, Skip: false, NetworkActivation.Relu), new NetworkState([], [], scores, []), RowEvaluation.OfConstant(data, trainingRows, loss), []);
        return Judged(constant, data, heldOutRows, [.. heldOutRows.SelectMany(_ => scores)], loss);
    }

    private static RefitResult Judged(RefitResult refit, TrainingSet data, int[] heldOutRows, float[] scores, Loss loss)
    {
        var heldOut = new RowEvaluation(data, heldOutRows, loss);
        return refit with { HeldOutLosses = heldOut.PerRow(scores), HeldOutMetric = heldOut.Metric(scores), HeldOutMetricError = heldOut.MetricError(scores) };
    }
}
