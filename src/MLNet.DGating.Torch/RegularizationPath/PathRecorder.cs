using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Writes down a path while it is followed: points, snapshots, and when each group left.</summary>
/// <param name="active">The groups still in.</param>
/// <param name="heldOut">Evaluates the points; null where no rows are held out.</param>
/// <param name="records">What is recorded beside.</param>
internal sealed class PathRecorder(ActiveSet active, RowEvaluation? heldOut, PathRecords records)
{
    private readonly int _groups = active.Count;
    private readonly List<PathPoint> _points = [];
    private readonly List<PathSnapshot> _snapshots = [];
    private readonly double[] _lambdaOut = [.. Enumerable.Repeat(double.PositiveInfinity, active.Count)];
    private readonly Stack<int> _left = [];
    private readonly GateTrace? _trace = records.HasFlag(PathRecords.Gates) ? new GateTrace() : null;

    /// <summary>Whether there is a point yet.</summary>
    public bool IsEmpty => _points.Count == 0;

    /// <summary>A group leaves.</summary>
    public void Leave(int position, double lambda)
    {
        int number = active.Number(position);
        _lambdaOut[number] = lambda;
        _left.Push(number);
    }

    /// <summary>The path arrives at a count.</summary>
    /// <param name="network">Its network.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="loss">The training loss of the iteration.</param>
    /// <param name="norms">‖w_j‖ by position.</param>
    public void AddPoint(INetwork network, double lambda, double loss, float[] norms)
    {
        float[]? scores = heldOut?.Score(network);
        _points.Add(new PathPoint(
            lambda, active.Count, loss,
            scores is null ? double.NaN : heldOut!.Mean(scores), scores is null ? double.NaN : heldOut!.Metric(scores),
            records.HasFlag(PathRecords.Norms) ? OfAllGroups(norms) : null));
    }

    /// <summary>A count that was asked for is reached by these groups.</summary>
    public void AddSnapshot(int[] positions, NetworkState folded) =>
        _snapshots.Add(new PathSnapshot(Array.ConvertAll(positions, active.Number), folded));

    /// <summary>An iteration has ended.</summary>
    public void AddIteration(GateIteration iteration, INetwork network, NetworkState state) =>
        _trace?.Add(iteration, state, network.Groups, active, _groups);

    /// <summary>What has been recorded.</summary>
    /// <param name="stayed">The positions still in, the first of the ranking first.</param>
    /// <param name="isComplete">Whether the path came to its end.</param>
    public PathResult Result(IEnumerable<int> stayed, bool isComplete) =>
        new([.. _points], [.. _snapshots], _lambdaOut, [.. stayed.Select(active.Number), .. _left], isComplete) { Gates = _trace };

    private float[] OfAllGroups(float[] norms)
    {
        var all = new float[_groups];
        foreach (int position in active.Positions())
        {
            all[active.Number(position)] = norms[position];
        }

        return all;
    }
}
