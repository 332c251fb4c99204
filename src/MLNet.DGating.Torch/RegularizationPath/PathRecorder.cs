using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Network;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Records a path while it is followed: its points and snapshots, and the λ at which each group left.</summary>
/// <param name="active">The active groups.</param>
/// <param name="heldOut">Evaluates the points; null where no rows are held out.</param>
/// <param name="records">What is recorded in addition.</param>
internal sealed class PathRecorder(ActiveSet active, RowEvaluation? heldOut, PathRecords records)
{
    private readonly int _groups = active.Count;
    private readonly List<PathPoint> _points = [];
    private readonly List<PathSnapshot> _snapshots = [];
    private readonly double[] _lambdaOut = [.. Enumerable.Repeat(double.PositiveInfinity, active.Count)];
    private readonly Stack<int> _left = [];
    private readonly GateTrace? _trace = records.HasFlag(PathRecords.Gates) ? new GateTrace() : null;

    /// <summary>Whether no point has been recorded yet.</summary>
    public bool IsEmpty => _points.Count == 0;

    /// <summary>Records that the group at a position leaves.</summary>
    public void Leave(int position, double lambda)
    {
        int number = active.Number(position);
        _lambdaOut[number] = lambda;
        _left.Push(number);
    }

    /// <summary>Records a point with the present number of active groups.</summary>
    /// <param name="network">The network at the point.</param>
    /// <param name="lambda">λ of the iteration.</param>
    /// <param name="loss">The mean training loss of the iteration.</param>
    /// <param name="norms">‖w_j‖ of the group at each position.</param>
    public void AddPoint(INetwork network, double lambda, double loss, float[] norms)
    {
        float[]? scores = heldOut?.Score(network);
        _points.Add(new PathPoint(
            lambda, active.Count, loss,
            scores is null ? double.NaN : heldOut!.Mean(scores), scores is null ? double.NaN : heldOut!.Metric(scores),
            records.HasFlag(PathRecords.Norms) ? OfAllGroups(norms) : null));
    }

    /// <summary>Records a snapshot of the groups at some positions.</summary>
    public PathSnapshot AddSnapshot(int[] positions, NetworkState folded)
    {
        var snapshot = new PathSnapshot(Array.ConvertAll(positions, active.Number), folded);
        _snapshots.Add(snapshot);
        return snapshot;
    }

    /// <summary>Records the gates after an iteration, if gates are recorded.</summary>
    public void AddIteration(GateIteration iteration, INetwork network) =>
        _trace?.Add(iteration, network.Capture(), network.Groups, active, _groups);

    /// <summary>Gives the path recorded so far.</summary>
    /// <param name="stayed">The positions of the active groups, in the order of the ranking.</param>
    /// <param name="isComplete">Whether the path has ended.</param>
    public PathResult Result(IEnumerable<int> stayed, bool isComplete) =>
        new([.. _points], [.. _snapshots], _lambdaOut, [.. stayed.Select(active.Number), .. _left], isComplete) { Gates = _trace };

    private float[] OfAllGroups(float[] norms)
    {
        float[] all = new float[_groups];
        foreach (int position in active.Positions())
        {
            all[active.Number(position)] = norms[position];
        }

        return all;
    }
}
