using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.RegularizationPath.Stationary;

/// <summary>
/// From where the path stopped to a stationary point at its λ, and the certificate of how near it is (docs/theory.md §5). Steps on batches
/// end in a neighbourhood of such a point, and gates that are nearly closed move slowly; so all rows count at once, in the coordinates
/// of balanced gates, by quasi-Newton steps. Groups go on leaving by the same rule. For D = 2 zero is no stationary point just because a
/// gate is closed: groups whose loss pulls harder than the penalty come back.
/// </summary>
internal sealed class StationaryPointSolver(
    TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, TrainingSettings settings, RandomStream random, RunContext context)
{
    /// <summary>Residual at which it is enough, and excess at which a zero group comes back: a tenth of what counts as stationary.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Gradients over all rows, at most; a kinked activation has no point where they vanish.</summary>
    private const int MaximumIterations = 2000;

    private const int MaximumReturns = 10;

    /// <summary>Rows of a batch. Gradients are summed over batches, so this is a matter of memory alone.</summary>
    private const int LargestBatch = 2048;

    private readonly int _batchRows = Math.Min(trainingRows.Length, LargestBatch);
    private readonly double _lambda = settings.Lambda!.Value;
    private int _iterations;

    /// <summary>The path with its end polished and certified, over all groups of the training set.</summary>
    public PathResult Run(PathResult path)
    {
        PathSnapshot snapshot = Descend(path.Snapshots[^1]);
        for (int returns = 0; ; returns++)
        {
            NetworkState state = snapshot.State.Spread(data.Groups, snapshot.Groups);
            (PathPoint end, double[] gradient) = MeasureAll(state, snapshot.Groups.Length);
            var certificate = Stationarity.Of(data.Groups, Array.ConvertAll(state.Primary, value => (double)value), gradient, _lambda, settings.GateDepth);
            // NaN, which it is for D > 2, is not above.
            if (!(certificate.ZeroGroupRatio > 1 + Tolerance) || returns == MaximumReturns || _iterations >= MaximumIterations)
            {
                return path.Ending(end, snapshot, certificate);
            }

            snapshot = Descend(Return(state, gradient));
        }
    }

    // Where a network on all columns stands, and ∂L/∂w: groups at zero have one too, and the path's matrices may have lost their columns.
    private (PathPoint Point, double[] Gradient) MeasureAll(NetworkState state, int count)
    {
        using INetwork network = NetworkFactory.Create(features, null, data, trainingRows, _batchRows, settings, random);
        network.Load(state, StepSettings.Ungated);
        (double loss, double[][] gradients) = new FullGradient(network, trainingRows).Compute();
        var heldOut = new RowEvaluation(data, heldOutRows, settings.Loss);
        float[] scores = heldOut.Score(network);
        return (new PathPoint(_lambda, count, loss, heldOut.Mean(scores), heldOut.Metric(scores), null), gradients[0]);
    }

    private PathSnapshot Descend(PathSnapshot start)
    {
        if (start.Groups.Length == 0)
        {
            return start;
        }

        GroupLayout groups = data.Groups.Select(start.Groups);
        using INetwork network = NetworkFactory.Create(
            features, data.Groups.ColumnsOf(start.Groups), data with { Groups = groups }, trainingRows, _batchRows, settings, random);
        int width = network.Shape.GatedWidth;
        var objective = new BalancedObjective(network, trainingRows, settings.PathStep(_lambda, 0));
        var descent = new QuasiNewton(objective.Evaluate);
        var cut = new CutRule(groups.Count);
        descent.Start(objective.Coordinates(start.State));
        for (; _iterations < MaximumIterations; _iterations++)
        {
            context.CheckAlive();
            Stationarity reached = Stationarity.Of(groups, objective.Weights, objective.WeightGradient, _lambda, settings.GateDepth);
            context.Progress(new DGatingProgress(DGatingPhase.StationaryPoint, _iterations + 1, _lambda, reached.ActiveGroups, objective.Loss));
            if (reached.ActiveResidual < Tolerance || !descent.Step())
            {
                break;
            }

            GroupMeasures measures = Measure(groups, width, objective);
            List<int> gone = cut.Check(groups, measures, _lambda, settings.GateDepth);
            if (gone.Exists(group => measures.Norms[group] > 0))
            {
                double[] position = [.. descent.Position];
                gone.ForEach(group => groups.Block(position, width, group).Clear());
                descent.Start(position);
            }
        }

        float[] norms = Measure(groups, width, objective).Norms;
        int[] kept = [.. Enumerable.Range(0, groups.Count).Where(group => norms[group] > 0 || groups.Weights[group] == 0)];
        return new PathSnapshot(Array.ConvertAll(kept, group => start.Groups[group]), objective.State(descent.Position).Select(groups, kept));
    }

    // A proximal gradient step of length 1 from zero, the curvature of a standardized column: w = −(1 − λ s / ‖g‖) g.
    private PathSnapshot Return(NetworkState state, double[] gradient)
    {
        var primary = (float[])state.Primary.Clone();
        int width = state.GatedBias.Length;
        var active = new List<int>();
        for (int j = 0; j < data.Groups.Count; j++)
        {
            int at = data.Groups.Starts[j] * width;
            Span<float> w = primary.AsSpan(at, data.Groups.Size(j) * width);
            ReadOnlySpan<double> g = data.Groups.Block(gradient, width, j);
            double norm = TensorPrimitives.Norm(g), scale = _lambda * data.Groups.Weights[j];
            if (!w.ContainsAnyExcept(0) && norm > (1 + Tolerance) * scale)
            {
                for (int i = 0; i < w.Length; i++)
                {
                    w[i] = (float)(-(1 - scale / norm) * g[i]);
                }
            }

            if (w.ContainsAnyExcept(0) || scale == 0)
            {
                active.Add(j);
            }
        }

        return new PathSnapshot([.. active], (state with { Primary = primary }).Select(data.Groups, [.. active]));
    }

    private static GroupMeasures Measure(GroupLayout groups, int width, BalancedObjective objective)
    {
        float[] Norms(double[] matrix) => [.. Enumerable.Range(0, groups.Count).Select(group => (float)TensorPrimitives.Norm<double>(groups.Block(matrix, width, group)))];
        return new GroupMeasures(Norms(objective.Weights), Norms(objective.WeightGradient));
    }
}
