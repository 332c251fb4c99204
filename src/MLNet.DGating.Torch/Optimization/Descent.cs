using System.Globalization;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Progress;

namespace MLNet.DGating.Torch.Optimization;

/// <summary>
/// Iterations of gradient descent that survive divergence: when the loss is beyond anything that learning gives, or a weight is no
/// longer finite, the step size is halved and training goes on from the last good state.
/// </summary>
internal sealed class Descent(INetwork network, BatchSchedule schedule, NetworkState start, double nullModelLoss, RunContext context)
{
    /// <summary>Beyond this many times the null model's loss training diverges, and what it does to the groups is chance.</summary>
    private const double LargestLoss = 4;

    /// <summary>
    /// Labels with heavy tails reach the bound above without divergence; when smaller steps do not help, only this still is one.
    /// </summary>
    private const double HopelessLoss = 2000;

    private const int MaximumRestarts = 5;
    private double _stepFactor = 1;
    private int _restarts;

    /// <summary>The parameters after the last iteration.</summary>
    public NetworkState State { get; private set; } = start;

    /// <summary>One iteration; gives its mean loss.</summary>
    /// <remarks>The learning rate of a step may depend on how far the iteration is (0 … 1).</remarks>
    public double Iterate(StepSettings step, Func<double, double> learningRate)
    {
        while (true)
        {
            context.CheckAlive();
            int steps = schedule.StepsPerIteration;
            float[] rates = [.. Enumerable.Range(0, steps).Select(i => (float)(_stepFactor * learningRate((double)i / steps)))];
            double mean = network.Train(new Iteration(schedule.NextIteration(out int rows), step, rates)) / rows;
            NetworkState reached = network.Capture();
            if (mean < (_restarts < MaximumRestarts ? LargestLoss : HopelessLoss) * nullModelLoss && reached.IsFinite())
            {
                State = reached;
                return mean;
            }

            Restart(step);
        }
    }

    public void Replace(NetworkState state) => State = state;

    private void Restart(StepSettings step)
    {
        if (_restarts == MaximumRestarts)
        {
            throw new DivergenceException(string.Create(CultureInfo.InvariantCulture,
                $"Training diverged {MaximumRestarts + 1} times, at last with step size {_stepFactor * step.LearningRate:g3}. Check the features and labels for extreme values, or set LearningRate far below that."));
        }

        _restarts++;
        _stepFactor /= 2;
        context.Warn(string.Create(CultureInfo.InvariantCulture,
            $"Training diverged (the loss grew without bound); going on from the last good state with step size {_stepFactor * step.LearningRate:g3}."));
        network.Load(State, step.GateDepth);
    }
}
