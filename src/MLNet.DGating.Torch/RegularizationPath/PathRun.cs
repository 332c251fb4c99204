using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>
/// The regularization path in one run (docs/theory.md §8): dense first, then λ grows geometrically while training goes on, groups
/// leave and take their columns with them. A snapshot is kept at every count asked for.
/// </summary>
internal sealed class PathRun : IDisposable
{
    /// <summary>Cut columns are taken out of the matrices once they are this share of them: copying has a price too.</summary>
    private const double CompactionShare = 0.1;

    /// <summary>λ was too large to begin with if its first iteration removes more than this share.</summary>
    private const double LargestFirstLoss = 0.05;

    private const double LambdaReduction = 10;
    private const int MaximumReductions = 6;

    private readonly TrainingSettings _settings;
    private readonly RunContext _context;
    private readonly double _noise;
    private readonly INetwork _network;
    private readonly Descent _descent;
    private readonly CutRule _cut;
    private readonly ActiveSet _survivors;
    private readonly RowEvaluation? _heldOut;
    private readonly GateTrace? _trace;
    private readonly List<PathPoint> _points = [];
    private readonly List<PathSnapshot> _snapshots = [];
    private readonly double[] _lambdaOut;
    private readonly GroupLayout _groups;
    private readonly Stack<int> _left = [];

    // Where the path stood before the present iteration: snapshots are taken from here.
    private NetworkState _state;
    private GroupMeasures _measures;
    private int _iteration;
    private bool _isComplete;

    /// <param name="data">All rows.</param>
    /// <param name="features">The same rows, standardized.</param>
    /// <param name="trainingRows">The rows to train on.</param>
    /// <param name="heldOutRows">The rows to report a loss on; may be empty.</param>
    /// <param name="noise">Deviation of the input noise.</param>
    /// <param name="settings">How to train.</param>
    /// <param name="random">Initial weights, order of rows and noise.</param>
    /// <param name="context">Messages and cancellation.</param>
    /// <param name="columns">The columns of the features that the groups have; null for all.</param>
    public PathRun(
        TrainingSet data, FeatureRows features, int[] trainingRows, int[] heldOutRows, double noise,
        TrainingSettings settings, RandomStream random, RunContext context, int[]? columns = null)
    {
        _settings = settings;
        _context = context;
        _noise = noise;
        _groups = data.Groups;
        _state = NetworkState.Initial(settings.Shape, data.Groups, settings.Loss.BaselineScores(data, trainingRows), random);

        var schedule = new BatchSchedule(trainingRows, settings.BatchSize, settings.MaximumStepsPerIteration, random, data.Pool);
        _network = NetworkFactory.Create(features, columns, data, trainingRows, schedule.BatchRows, settings, random);
        _network.Load(_state, settings.GateDepth);
        _descent = new Descent(_network, schedule, _state, settings.Loss, context);
        _cut = new CutRule(data.Groups.Count);
        _survivors = new ActiveSet(data.Groups.Count);
        _heldOut = heldOutRows.Length > 0 ? new RowEvaluation(data, heldOutRows, settings.Loss) : null;
        _trace = settings.RecordGates ? new GateTrace(data.Groups.Count) : null;
        _lambdaOut = new double[data.Groups.Count];
        Array.Fill(_lambdaOut, double.PositiveInfinity);
    }

    /// <summary>
    /// Follows the path down to the smallest of these counts, with a snapshot of exactly each (of all groups, where fewer exist; of
    /// those that always stay, where more do).
    /// </summary>
    public PathResult FollowToCounts(IEnumerable<int> counts)
    {
        var open = new Queue<int>(counts.Select(count => Math.Max(count, _groups.KeptCount)).Distinct().OrderDescending());
        TrainDense();
        TakeSnapshots(open, _survivors.Positions());
        for (double lambda = open.Count > 0 ? StartOfPath() : 0; open.Count > 0; lambda *= _settings.LambdaGrowth)
        {
            int[] before = _survivors.Positions();
            Advance(lambda, () => TakeSnapshots(open, before));
        }

        _isComplete = true;
        return Result();
    }

    /// <summary>What has been followed so far, marked incomplete until the path's end; null before its first point.</summary>
    public PathResult? SoFar => _points.Count > 0 ? Result() : null;

    /// <summary>Follows the path until the budget pays for what is left; one snapshot, of as many groups from the front of the ranking as it pays for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The budget does not even pay for the groups that always stay.</exception>
    public PathResult FollowToBudget(double budget)
    {
        double always = Enumerable.Range(0, _groups.Count).Where(_groups.IsKept).Sum(group => _groups.Costs[group]);
        if (!CostBudget.PaysFor(budget, always))
        {
            throw new ArgumentOutOfRangeException(nameof(budget), budget, FormattableString.Invariant($"The groups that always stay cost {always}."));
        }

        TrainDense();
        bool isPaid = TakeWithin(_survivors.Positions());
        for (double lambda = isPaid ? 0 : StartOfPath(); !isPaid; lambda *= _settings.LambdaGrowth)
        {
            int[] before = _survivors.Positions();
            Advance(lambda, () => isPaid = TakeWithin(before));
        }

        _isComplete = true;
        return Result();

        bool TakeWithin(int[] before)
        {
            var open = new Queue<int>([CountWithin(budget, before)]);
            TakeSnapshots(open, before);
            return open.Count == 0;
        }
    }

    /// <summary>Follows the path up to λ and stays there; one snapshot, of the groups that survive.</summary>
    public PathResult FollowToLambda(double lambda)
    {
        TrainDense();
        if (lambda > 0 && CanLeave)
        {
            for (double growing = Math.Min(lambda, StartOfPath()); growing < lambda && CanLeave; growing *= _settings.LambdaGrowth)
            {
                Advance(growing, () => { });
            }

            for (int i = 0; i < _settings.HoldIterations && CanLeave; i++)
            {
                Advance(lambda, () => { });
            }
        }

        TakeSnapshots(new Queue<int>([_survivors.Count]), _survivors.Positions());
        _isComplete = true;
        return Result();
    }

    public void Dispose() => _network.Dispose();

    private bool CanLeave => _survivors.Count > _groups.KeptCount;

    private void TrainDense()
    {
        StepSettings step = _settings.PathStep(0, _noise);
        double loss = double.NaN;
        for (int iteration = 1; iteration <= _settings.DenseIterations; iteration++)
        {
            loss = _descent.Iterate(step, _ => _settings.LearningRate);
            _trace?.Add(DGatingPhase.Dense, iteration, 0, _descent.State, _network.Groups, _survivors);
            _context.Progress(new DGatingProgress(DGatingPhase.Dense, iteration, 0, _survivors.Count, loss));
        }

        _state = _descent.State;
        _measures = _network.Measure(step);
        AddPoint(0, loss, _measures.Norms);
    }

    // One iteration at λ, and what leaves in it. The state before is at hand until `left` returns.
    private void Advance(double lambda, Action left)
    {
        StepSettings step = _settings.PathStep(lambda, _noise);
        double loss = _descent.Iterate(step, _ => _settings.LearningRate);
        GroupMeasures reached = _network.Measure(step);
        int[] gone = [.. _cut.Check(_network.Groups, reached, lambda, _settings.GateDepth).Where(_survivors.IsAlive).OrderBy(position => _measures.Norms[position])];
        if (gone.Length > 0)
        {
            foreach (int position in gone)
            {
                _survivors.Remove(position);
                _lambdaOut[_survivors.Number(position)] = lambda;
                _left.Push(_survivors.Number(position));
            }

            left();
            _network.Cut(gone, _settings.GateDepth);
            // A restart from here must not open them again.
            _descent.Replace(_network.Capture());
            AddPoint(lambda, loss, reached.Norms);
        }

        _state = _descent.State;
        _measures = reached;
        _iteration++;
        _trace?.Add(DGatingPhase.Path, _iteration, lambda, _state, _network.Groups, _survivors);
        if (_survivors.GoneShare >= CompactionShare && _survivors.Count > 0)
        {
            Compact();
        }

        _context.Progress(new DGatingProgress(DGatingPhase.Path, _iteration, lambda, _survivors.Count, loss));
    }

    // λ's scale depends on the data: the first λ is lowered until its first iteration leaves nearly all groups in.
    private double StartOfPath()
    {
        double lambda = _settings.InitialLambda;
        for (int i = 0; i < MaximumReductions; i++, lambda /= LambdaReduction)
        {
            StepSettings step = _settings.PathStep(lambda, _noise);
            _descent.Iterate(step, _ => _settings.LearningRate);
            int small = CutRule.CountSmall(_network.Groups, _network.Measure(step), _measures);
            _network.Load(_state, _settings.GateDepth);
            _descent.Replace(_state);
            if (small <= LargestFirstLoss * (_survivors.Count - _groups.KeptCount))
            {
                break;
            }
        }

        return lambda;
    }

    // Exactly k, those that always stay among them: those still in, and the largest of those that left in this iteration. So the
    // selections of a path are nested.
    private void TakeSnapshots(Queue<int> counts, int[] before)
    {
        while (counts.TryPeek(out int count) && _survivors.Count <= count)
        {
            counts.Dequeue();
            int[] kept = [.. InOrderOfRank(before).Take(count).Order()];
            NetworkState state = _state.Select(_network.Groups, kept).Fold(_network.Groups.Select(kept), _settings.GateDepth);
            _snapshots.Add(new PathSnapshot(Array.ConvertAll(kept, _survivors.Number), state));
        }
    }

    private IEnumerable<int> InOrderOfRank(int[] positions) => positions.OrderByDescending(_survivors.IsAlive)
        .ThenByDescending(_network.Groups.IsKept).ThenByDescending(position => _measures.Norms[position]);

    // How many from the front of the ranking the budget pays for.
    private int CountWithin(double budget, int[] positions)
    {
        double cost = 0;
        return InOrderOfRank(positions).TakeWhile(position => CostBudget.PaysFor(budget, cost += _network.Groups.Costs[position])).Count();
    }

    private void Compact()
    {
        int[] kept = _survivors.Positions();
        _descent.Replace(_descent.State.Select(_network.Groups, kept));
        _state = _descent.State;
        _measures = new GroupMeasures(Array.ConvertAll(kept, j => _measures.Norms[j]), Array.ConvertAll(kept, j => _measures.GradientNorms[j]));
        _network.KeepGroups(kept, _settings.GateDepth);
        _cut.Keep(kept);
        _survivors.Compact();
    }

    private void AddPoint(double lambda, double loss, float[] norms)
    {
        float[]? scores = _heldOut?.Score(_network);
        _points.Add(new PathPoint(
            lambda, _survivors.Count, loss, scores is null ? double.NaN : _heldOut!.Mean(scores), scores is null ? double.NaN : _heldOut!.Metric(scores),
            _settings.RecordNorms ? NormsOfAll(norms) : null));
    }

    private float[] NormsOfAll(float[] norms)
    {
        var all = new float[_lambdaOut.Length];
        foreach (int position in _survivors.Positions())
        {
            all[_survivors.Number(position)] = norms[position];
        }

        return all;
    }

    private PathResult Result()
    {
        IEnumerable<int> stayed = InOrderOfRank(_survivors.Positions()).Select(_survivors.Number);
        return new PathResult(_points, _snapshots, _lambdaOut, [.. stayed, .. _left], _isComplete) { Gates = _trace };
    }
}
