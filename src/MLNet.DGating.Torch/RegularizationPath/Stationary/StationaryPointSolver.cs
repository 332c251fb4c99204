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
/// Steps on batches end in a neighbourhood of such a point, and gates that are nearly closed change slowly. So the objective over all rows
/// is minimized by quasi-Newton steps in the coordinates of balanced gates. Groups continue to leave by the same rule. For D = 2 a closed
/// gate is not a stationary point in itself: groups at zero for which the loss pulls harder than the penalty return.
/// </remarks>
/// <param name="data">The rows.</param>
/// <param name="features">The features of the same rows, encoded.</param>
/// <param name="trainingRows">The numbers of the rows of the objective.</param>
/// <param name="heldOutRows">The numbers of the rows to evaluate on; may be empty.</param>
/// <param name="lambda">λ, above 0.</param>
/// <param name="settings">The settings of the path.</param>
/// <param name="scope">Creates the networks.</param>
/// <param name="random">The random stream that networks require; it is not used, since the objective has no noise.</param>
/// <param name="context">Takes progress, and cancels the run.</param>
internal sealed class StationaryPointSolver(
    TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, double lambda, TrainingSettings settings,
    RunScope scope, RandomStream random, RunContext context)
{
    /// <summary>The residual at which the descent ends, and the excess at which a group at zero returns.</summary>
    /// <remarks>It is a tenth of the residual that counts as stationary.</remarks>
    private const double Tolerance = 1e-4;

    /// <summary>The most iterations. A network with a kinked activation may have no point where the gradient vanishes.</summary>
    private const int MaximumIterations = 2000;

    /// <summary>The most times that groups return.</summary>
    private const int MaximumReturns = 10;

    /// <summary>The most rows of a batch. Gradients are summed over batches, so that only the memory depends on it.</summary>
    private const int LargestBatch = 2048;

    private readonly int _batchRows = Math.Min(trainingRows.Length, LargestBatch);
    private int _iterations;

    /// <summary>Gives the path with its end at a stationary point, certified over all groups of the training set.</summary>
    public PathResult Run(PathResult path)
    {
        PathSnapshot snapshot = Descend(path.Snapshots[^1]);
        for (int returns = 0; ; returns++)
        {
            NetworkState state = snapshot.State.Spread(data.Groups, snapshot.Groups);
            (PathPoint end, double[] gradient) = MeasureAll(state, snapshot.Groups.Length);
            double[] weights = Array.ConvertAll(state.Primary, value => (double)value);
            StationarityCertificate certificate = Stationarity.Measure(data.Groups, weights, gradient, lambda, settings.GateDepth);
            // For D > 2 the ratio is NaN, and no group returns.
            if (!(certificate.ZeroGroupRatio > 1 + Tolerance) || returns == MaximumReturns || _iterations >= MaximumIterations)
            {
                return path.EndingAt(end, snapshot, certificate);
            }

            snapshot = Descend(Return(state, gradient));
        }
    }

    // Evaluates a network on all columns and computes ∂L/∂w. Groups at zero need it too, and the path's matrices may lack their columns.
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
            StationarityCertificate present =
                Stationarity.Measure(groups, objective.Weights, objective.WeightGradient, lambda, settings.GateDepth);
            context.Progress(new DGatingProgress(
                DGatingPhase.StationaryPoint, _iterations + 1, lambda, present.ActiveGroups, objective.Loss));
            if (present.ActiveResidual < Tolerance || !descent.Step())
            {
                break;
            }

            GroupMeasures measures = Measure(groups, width, objective);
            List<int> leaving = cut.Check(groups, measures, lambda, settings.GateDepth);
            if (leaving.Exists(group => measures.Norms[group] > 0))
            {
                double[] position = [.. descent.Position];
                leaving.ForEach(group => groups.Block(position, width, group).Clear());
                descent.Start(position);
            }
        }

        float[] norms = Measure(groups, width, objective).Norms;
        int[] kept = [.. Enumerable.Range(0, groups.Count).Where(group => norms[group] > 0 || groups.Weights[group] == 0)];
        NetworkState state = objective.State(descent.Position).Select(groups, kept);
        return new PathSnapshot(Array.ConvertAll(kept, group => start.Groups[group]), state);
    }

    // Groups return by a proximal gradient step from zero, w = −(1 − λ s / ‖g‖) g. Its length is 1, the inverse of a standardized column's
    // curvature.
    private PathSnapshot Return(NetworkState state, double[] gradient)
    {
        float[] primary = (float[])state.Primary.Clone();
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
        float Norm(double[] matrix, int group) => (float)TensorPrimitives.Norm<double>(groups.Block(matrix, width, group));

        float[] Norms(double[] matrix) => [.. Enumerable.Range(0, groups.Count).Select(group => Norm(matrix, group))];

        return new GroupMeasures(Norms(objective.Weights), Norms(objective.WeightGradient));
    }
}
