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

/// <summary>Takes the end of a path to a stationary point at its λ, and certifies how near it comes (docs/theory.md §5, §10).</summary>
/// <remarks>
/// Steps on batches end in a neighbourhood of such a point, and gates that are nearly closed move slowly; so all rows count at once, in
/// the coordinates of balanced gates, by quasi-Newton steps. Groups go on leaving by the same rule. For D = 2 zero is no stationary point
/// just because a gate is closed: groups whose loss pulls harder than the penalty come back.
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="features">The same rows, encoded.</param>
/// <param name="trainingRows">The rows of the objective.</param>
/// <param name="heldOutRows">The rows to report a loss on; may be empty.</param>
/// <param name="lambda">λ, above 0.</param>
/// <param name="settings">How the path was trained.</param>
/// <param name="scope">Makes the networks.</param>
/// <param name="random">Not drawn from: the objective has no noise.</param>
/// <param name="context">Messages, progress and cancellation.</param>
internal sealed class StationaryPointSolver(
    TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, double lambda, TrainingSettings settings,
    RunScope scope, RandomStream random, RunContext context)
{
    /// <summary>
    /// Residual at which it is enough, and excess at which a zero group comes back: a tenth of what counts as stationary.
    /// </summary>
    private const double Tolerance = 1e-4;

    /// <summary>Gradients over all rows, at most; a kinked activation has no point where they vanish.</summary>
    private const int MaximumIterations = 2000;

    private const int MaximumReturns = 10;

    /// <summary>Rows of a batch. Gradients are summed over batches, so this is a matter of memory alone.</summary>
    private const int LargestBatch = 2048;

    private readonly int _batchRows = Math.Min(trainingRows.Length, LargestBatch);
    private int _iterations;

    /// <summary>The path with its end at a stationary point and certified, over all groups of the training set.</summary>
    public PathResult Run(PathResult path)
    {
        PathSnapshot snapshot = Descend(path.Snapshots[^1]);
        for (int returns = 0; ; returns++)
        {
            NetworkState state = snapshot.State.Spread(data.Groups, snapshot.Groups);
            (PathPoint end, double[] gradient) = MeasureAll(state, snapshot.Groups.Length);
            StationarityCertificate certificate =
                Stationarity.Measure(data.Groups, Array.ConvertAll(state.Primary, value => (double)value), gradient, lambda, settings.GateDepth);
            // NaN, which it is for D > 2, is not above.
            if (!(certificate.ZeroGroupRatio > 1 + Tolerance) || returns == MaximumReturns || _iterations >= MaximumIterations)
            {
                return path.EndingAt(end, snapshot, certificate);
            }

            snapshot = Descend(Return(state, gradient));
        }
    }

    // Where a network on all columns stands, and ∂L/∂w: groups at zero have one too, and the path's matrices may have lost their columns.
    private (PathPoint Point, double[] Gradient) MeasureAll(NetworkState state, int count)
    {
        using INetwork network = scope.Create(Request(data));
        network.Load(state, StepSettings.Ungated);
        (double loss, double[][] gradients) = new FullGradient(network, trainingRows).Compute();
        var heldOut = new RowEvaluation(data, heldOutRows);
        float[] scores = heldOut.Score(network);
        return (new PathPoint(lambda, count, loss, heldOut.Mean(scores), heldOut.Metric(scores), null), gradients[0]);
    }

    private PathSnapshot Descend(PathSnapshot start)
    {
        if (start.Groups.Length == 0)
        {
            return start;
        }

        GroupLayout groups = data.Groups.Select(start.Groups);
        using INetwork network = scope.Create(Request(data with { Groups = groups }) with { Inputs = data.Groups.InputsOf(start.Groups) });
        int width = network.Shape.GatedWidth;
        var objective = new BalancedObjective(network, trainingRows, settings.PathStep(lambda, 0));
        var descent = new QuasiNewton(objective.Evaluate);
        var cut = new CutRule(groups.Count);
        descent.Start(objective.Coordinates(start.State));
        for (; _iterations < MaximumIterations; _iterations++)
        {
            context.CheckAlive();
            StationarityCertificate reached = Stationarity.Measure(groups, objective.Weights, objective.WeightGradient, lambda, settings.GateDepth);
            context.Progress(new DGatingProgress(DGatingPhase.StationaryPoint, _iterations + 1, lambda, reached.ActiveGroups, objective.Loss));
            if (reached.ActiveResidual < Tolerance || !descent.Step())
            {
                break;
            }

            GroupMeasures measures = Measure(groups, width, objective);
            List<int> gone = cut.Check(groups, measures, lambda, settings.GateDepth);
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
            double norm = TensorPrimitives.Norm(g), scale = lambda * data.Groups.Weights[j];
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

    private NetworkRequest Request(TrainingSet set) => new(set, features, trainingRows, _batchRows, settings, random);

    private static GroupMeasures Measure(GroupLayout groups, int width, BalancedObjective objective)
    {
        float[] Norms(double[] matrix) =>
            [.. Enumerable.Range(0, groups.Count).Select(group => (float)TensorPrimitives.Norm<double>(groups.Block(matrix, width, group)))];

        return new GroupMeasures(Norms(objective.Weights), Norms(objective.WeightGradient));
    }
}
