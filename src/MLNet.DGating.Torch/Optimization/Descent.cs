using System.Globalization;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Progress;

namespace MLNet.DGating.Torch.Optimization;

/// <summary>Carries out iterations of gradient descent, and restarts with half the step size when training diverges.</summary>
/// <remarks>
/// Training diverges when the loss is far above that of the null model, or a parameter is no longer finite. It then continues from the
/// parameters before that iteration.
/// </remarks>
/// <param name="network">The network to train.</param>
/// <param name="schedule">Draws the batches.</param>
/// <param name="nullModelLoss">The mean loss of the null model.</param>
/// <param name="context">Takes warnings, and cancels the run.</param>
internal sealed class Descent(ITrainedNetwork network, BatchSchedule schedule, double nullModelLoss, RunContext context)
{
    /// <summary>The largest loss, in losses of the null model, before training counts as diverged.</summary>
    /// <remarks>Groups that leave at a larger loss would leave by chance.</remarks>
    private const double LargestLoss = 4;

    /// <summary>The largest loss once smaller steps have not helped, in losses of the null model.</summary>
    /// <remarks>Labels with heavy tails exceed the bound above without divergence.</remarks>
    private const double LargestLossAfterRestarts = 2000;

    private const int MaximumRestarts = 5;
    private double _stepFactor = 1;
    private int _restarts;

    /// <summary>Carries out one iteration and gives its mean loss.</summary>
    /// <param name="step">The settings of its steps.</param>
    /// <param name="learningRate">Gives the step size from the share of the iteration that is done, 0 to below 1.</param>
    /// <exception cref="DivergenceException">Training has diverged at every step size tried.</exception>
    public double Iterate(StepSettings step, Func<double, double> learningRate)
    {
        while (true)
        {
            context.CheckAlive();
            int steps = schedule.StepsPerIteration;
            float[] rates = [.. Enumerable.Range(0, steps).Select(i => (float)(_stepFactor * learningRate((double)i / steps)))];
            double mean = network.Train(new Iteration(schedule.NextIteration(out int rows), step, rates)) / rows;
            double largestLoss = (_restarts < MaximumRestarts ? LargestLoss : LargestLossAfterRestarts) * nullModelLoss;
            if (mean < largestLoss && network.IsFinite)
            {
                return mean;
            }

            Restart(step);
        }
    }

    private void Restart(StepSettings step)
    {
        if (_restarts == MaximumRestarts)
        {
            throw new DivergenceException(string.Create(CultureInfo.InvariantCulture,
                $"Training diverged {MaximumRestarts + 1} times, at last with step size {_stepFactor * step.LearningRate:g3}. " +
                $"Check the features and labels for extreme values, or set LearningRate far below that."));
        }

        _restarts++;
        _stepFactor /= 2;
        context.Warn(string.Create(CultureInfo.InvariantCulture,
            $"Training diverged (the loss grew without bound); " +
            $"going on from the last good state with step size {_stepFactor * step.LearningRate:g3}."));
        network.Revert(step.GateDepth);
    }
}
