using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Follows the regularization path in one run (docs/theory.md §8).</summary>
/// <remarks>
/// Dense first, then λ grows geometrically while training goes on; groups leave and take their columns with them. A snapshot is kept at
/// every count asked for.
/// </remarks>
/// <param name="network">Trained on the way; it holds <paramref name="start"/>.</param>
/// <param name="start">Its initial parameters.</param>
/// <param name="schedule">The order of rows.</param>
/// <param name="settings">How to train.</param>
/// <param name="noise">Deviation of the input noise.</param>
/// <param name="nullModelLoss">Beyond several times this training diverges.</param>
/// <param name="active">All groups of the network.</param>
/// <param name="recorder">Takes points and snapshots.</param>
/// <param name="context">Messages, progress and cancellation.</param>
internal sealed class PathRun(
    INetwork network, NetworkState start, BatchSchedule schedule, TrainingSettings settings, double noise, double nullModelLoss,
    ActiveSet active, PathRecorder recorder, RunContext context)
{
    /// <summary>Cut columns are taken out of the matrices once they are this share of them: copying has a price too.</summary>
    private const double CompactionShare = 0.1;

    /// <summary>λ was too large to begin with if its first iteration removes more than this share.</summary>
    private const double LargestFirstLoss = 0.05;

    private readonly Descent _descent = new(network, schedule, start, nullModelLoss, context);
    private readonly CutRule _cut = new(active.Count);
    private readonly LambdaSchedule _lambdas = new(settings.InitialLambda, settings.LambdaGrowth);
    private readonly GroupLayout _groups = network.Groups;

    // Where the path stood before the present iteration: snapshots are taken from here.
    private NetworkState _state = start;
    private GroupMeasures _measures;
    private int _iteration;
    private bool _isComplete;

    private bool CanLeave => active.Count > _groups.KeptCount;

    /// <summary>What has been followed so far, marked incomplete until the path's end; null before its first point.</summary>
    public PathResult? SoFar => recorder.IsEmpty ? null : recorder.Result(InOrderOfRank(active.Positions()), _isComplete);

    /// <summary>Follows the path to its end.</summary>
    /// <exception cref="ArgumentException">A single run cannot find out a count.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The budget does not even pay for the groups that always stay.</exception>
    public PathResult Follow(StopRule stop)
    {
        switch (stop)
        {
            case StopRule.AtCounts(int[] counts): FollowToCounts(counts); break;
            case StopRule.AtLambda(double lambda, _): FollowToLambda(lambda); break;
            case StopRule.WithinBudget(double budget): FollowToBudget(budget); break;
            default: throw new ArgumentException("A single run ends at counts, at a λ or within a budget; an open count is chosen by a fit.", nameof(stop));
        }

        _isComplete = true;
        return SoFar!;
    }

    // Down to the smallest count, with a snapshot of exactly each: of all groups where fewer exist, of those that always stay where more
    // do.
    private void FollowToCounts(int[] counts)
    {
        var open = new Queue<int>(counts.Select(count => Math.Max(count, _groups.KeptCount)).Distinct().OrderDescending());
        TrainDense();
        TakeSnapshots(open, active.Positions());
        for (double lambda = open.Count > 0 ? StartOfPath() : 0; open.Count > 0; lambda = _lambdas.Next(lambda))
        {
            int[] before = active.Positions();
            Advance(lambda, () => TakeSnapshots(open, before));
        }
    }

    // Until the budget pays for what is left; one snapshot, of as many groups from the front of the ranking as it pays for.
    private void FollowToBudget(double budget)
    {
        double always = Enumerable.Range(0, _groups.Count).Where(_groups.IsKept).Sum(group => _groups.Costs[group]);
        if (!CostBudget.PaysFor(budget, always))
        {
            throw new ArgumentOutOfRangeException(nameof(budget), budget, FormattableString.Invariant($"The groups that always stay cost {always}."));
        }

        TrainDense();
        bool isPaid = TakeWithin(active.Positions());
        for (double lambda = isPaid ? 0 : StartOfPath(); !isPaid; lambda = _lambdas.Next(lambda))
        {
            int[] before = active.Positions();
            Advance(lambda, () => isPaid = TakeWithin(before));
        }

        bool TakeWithin(int[] before)
        {
            var open = new Queue<int>([CountWithin(budget, before)]);
            TakeSnapshots(open, before);
            return open.Count == 0;
        }
    }

    // λ grows to its value and stays there; one snapshot, of the groups that are left.
    private void FollowToLambda(double lambda)
    {
        TrainDense();
        if (lambda > 0 && CanLeave)
        {
            for (double growing = Math.Min(lambda, StartOfPath()); growing < lambda && CanLeave; growing = _lambdas.Next(growing))
            {
                Advance(growing, () => { });
            }

            for (int i = 0; i < settings.NumberOfHoldIterations && CanLeave; i++)
            {
                Advance(lambda, () => { });
            }
        }

        TakeSnapshots(new Queue<int>([active.Count]), active.Positions());
    }

    private void TrainDense()
    {
        StepSettings step = settings.PathStep(0, noise);
        double loss = double.NaN;
        for (int iteration = 1; iteration <= settings.NumberOfDenseIterations; iteration++)
        {
            loss = _descent.Iterate(step, _ => settings.LearningRate);
            recorder.AddIteration(new GateIteration(DGatingPhase.Dense, iteration, 0), network, _descent.State);
            context.Progress(new DGatingProgress(DGatingPhase.Dense, iteration, 0, active.Count, loss));
        }

        _state = _descent.State;
        _measures = network.Measure(step);
        recorder.AddPoint(network, 0, loss, _measures.Norms);
    }

    // One iteration at λ, and what leaves in it. The state before is at hand until `left` returns.
    private void Advance(double lambda, Action left)
    {
        StepSettings step = settings.PathStep(lambda, noise);
        double loss = _descent.Iterate(step, _ => settings.LearningRate);
        GroupMeasures reached = network.Measure(step);
        int[] gone =
        [
            .. _cut.Check(network.Groups, reached, lambda, settings.GateDepth).Where(active.IsAlive)
                .OrderBy(position => _measures.Norms[position]),
        ];
        if (gone.Length > 0)
        {
            foreach (int position in gone)
            {
                active.Remove(position);
                recorder.Leave(position, lambda);
            }

            left();
            network.Cut(gone, settings.GateDepth);
            // A restart from here must not open them again.
            _descent.Replace(network.Capture());
            recorder.AddPoint(network, lambda, loss, reached.Norms);
        }

        _state = _descent.State;
        _measures = reached;
        _iteration++;
        recorder.AddIteration(new GateIteration(DGatingPhase.Path, _iteration, lambda), network, _state);
        if (active.GoneShare >= CompactionShare && active.Count > 0)
        {
            Compact();
        }

        context.Progress(new DGatingProgress(DGatingPhase.Path, _iteration, lambda, active.Count, loss));
    }

    // λ's scale depends on the data: the first λ is lowered until its first iteration leaves nearly all groups in.
    private double StartOfPath()
    {
        double[] candidates = [.. _lambdas.Starts()];
        foreach (double lambda in candidates[..^1])
        {
            StepSettings step = settings.PathStep(lambda, noise);
            _descent.Iterate(step, _ => settings.LearningRate);
            int small = CutRule.CountSmall(network.Groups, network.Measure(step), _measures);
            network.Load(_state, settings.GateDepth);
            _descent.Replace(_state);
            if (small <= LargestFirstLoss * (active.Count - _groups.KeptCount))
            {
                return lambda;
            }
        }

        return candidates[^1];
    }

    // Exactly so many, those that always stay among them: those still in, and the largest of those that left in this iteration. So the
    // selections of a path are nested.
    private void TakeSnapshots(Queue<int> counts, int[] before)
    {
        while (counts.TryPeek(out int count) && active.Count <= count)
        {
            counts.Dequeue();
            int[] kept = [.. InOrderOfRank(before).Take(count).Order()];
            recorder.AddSnapshot(kept, _state.Select(network.Groups, kept).Fold(network.Groups.Select(kept), settings.GateDepth));
        }
    }

    private IEnumerable<int> InOrderOfRank(int[] positions) => positions.OrderByDescending(active.IsAlive)
        .ThenByDescending(network.Groups.IsKept).ThenByDescending(position => _measures.Norms[position]);

    // How many from the front of the ranking the budget pays for.
    private int CountWithin(double budget, int[] positions)
    {
        double cost = 0;
        return InOrderOfRank(positions).TakeWhile(position => CostBudget.PaysFor(budget, cost += network.Groups.Costs[position])).Count();
    }

    private void Compact()
    {
        int[] kept = active.Positions();
        _descent.Replace(_descent.State.Select(network.Groups, kept));
        _state = _descent.State;
        _measures = new GroupMeasures(
            Array.ConvertAll(kept, j => _measures.Norms[j]), Array.ConvertAll(kept, j => _measures.GradientNorms[j]));
        network.KeepGroups(kept, settings.GateDepth);
        _cut.Keep(kept);
        active.Compact();
    }
}
