using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.Evaluation;

/// <summary>Trains the selected groups without the gate penalty, from the weights of the path (docs/theory.md §8).</summary>
/// <remarks>The refit undoes the shrinkage by the penalty. The step size falls to zero along a cosine.</remarks>
/// <param name="data">The rows.</param>
/// <param name="features">The features of the same rows, encoded.</param>
/// <param name="trainingRows">The numbers of the rows to train on.</param>
/// <param name="heldOutRows">The numbers of the rows to evaluate on; may be empty.</param>
/// <param name="settings">The settings of the training.</param>
/// <param name="context">Takes messages and progress, and cancels the run.</param>
internal sealed class RefitRun(
    TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, TrainingSettings settings, RunContext context)
{
    /// <summary>Refits a network and evaluates it on the held-out rows.</summary>
    /// <param name="groups">The selected groups, ascending.</param>
    /// <param name="start">The folded network of these groups.</param>
    /// <param name="scope">Creates the network on its device.</param>
    /// <param name="random">Draws the order of rows.</param>
    public RefitResult Run(int[] groups, NetworkState start, RunScope scope, RandomStream random)
    {
        if (groups.Length == 0)
        {
            return NullModel();
        }

        TrainingSet selected = data with { Groups = data.Groups.Select(groups) };
        var schedule = new BatchSchedule(trainingRows, settings.BatchSize, settings.MaximumStepsPerIteration, random, data.Pool);
        using INetwork network = scope.Create(new NetworkRequest(selected, features, trainingRows, schedule.BatchRows, settings, random)
        {
            Inputs = data.Groups.InputsOf(groups),
        });
        network.Load(start, StepSettings.Ungated);
        var descent = new Descent(network, schedule, start, data.Task.Loss.NullModelLoss, context);
        StepSettings step = settings.RefitStep();
        double mean = double.NaN;
        for (int iteration = 0; iteration < settings.NumberOfRefitIterations; iteration++)
        {
            double done = iteration;
            mean = descent.Iterate(step, part =>
                settings.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * (done + part) / settings.NumberOfRefitIterations)));
            context.Progress(new DGatingProgress(DGatingPhase.Refit, iteration + 1, 0, groups.Length, mean));
        }

        return Evaluated(new RefitResult(settings.ShapeFor(data.Task), descent.State, mean, []), network.Score(heldOutRows));
    }

    // Without features the best model is a constant: a linear layer without inputs.
    private RefitResult NullModel()
    {
        float[] scores = data.NullModelScores(trainingRows);
        var shape = new NetworkShape([], data.Task.Loss.Outputs, Skip: false, DGatingActivation.Relu);
        double loss = RowEvaluation.OfNullModel(data, trainingRows);
        return Evaluated(new RefitResult(shape, new NetworkState([], [], scores, []), loss, []), [.. heldOutRows.SelectMany(_ => scores)]);
    }

    private RefitResult Evaluated(RefitResult refit, float[] scores)
    {
        var heldOut = new RowEvaluation(data, heldOutRows);
        return refit with
        {
            HeldOutLosses = heldOut.PerRow(scores),
            HeldOutBoundedLosses = heldOut.BoundedPerRow(scores),
            HeldOutMetric = heldOut.Metric(scores),
            HeldOutMetricError = heldOut.MetricError(scores),
        };
    }
}
