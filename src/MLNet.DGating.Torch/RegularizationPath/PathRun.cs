using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Follows the regularization path in one run (docs/theory.md §8).</summary>
/// <remarks>
/// The network is trained densely at first. Then λ grows geometrically while training continues, groups leave, and their columns are
/// removed. A snapshot is recorded at every requested count.
/// </remarks>
/// <param name="network">The network to train, with its initial parameters.</param>
/// <param name="schedule">Draws the batches.</param>
/// <param name="settings">The settings of the training.</param>
/// <param name="noise">The deviation of the input noise, at least 0.</param>
/// <param name="nullModelLoss">The mean loss of the null model; training diverges at several times that.</param>
/// <param name="active">The active groups, at first all groups of the network.</param>
/// <param name="recorder">Records points and snapshots.</param>
/// <param name="context">Takes messages and progress, and cancels the run.</param>
/// <param name="weakest">
/// Gives the groups that do not enter a path to a count, the weakest first, of the number that enter; null where all do.
/// </param>
internal sealed class PathRun(
    INetwork network, BatchSchedule schedule, TrainingSettings settings, double noise, double nullModelLoss,
    ActiveSet active, PathRecorder recorder, RunContext context, Func<int, int[]>? weakest = null)
{
    /// <summary>The share of groups that have left at which their columns are removed; copying the matrices has a cost too.</summary>
    private const double CompactionShare = 0.1;

    /// <summary>The largest share of groups that the first iteration may make small; above it the first λ is too large.</summary>
    private const double LargestFirstCut = 0.05;

    private readonly Descent _descent = new(network, schedule, nullModelLoss, context);
    private readonly CutRule _cut = new(active.Count);
    private readonly LambdaSchedule _lambdas = new(settings.InitialLambda, settings.LambdaGrowth);
    private readonly GroupLayout _groups = network.Groups;

    // The measures before the present iteration, by which groups are ranked.
    private GroupMeasures _measures;
    private int _iteration;
    private bool _isComplete;
    private PathLength _length = new(0, active.Count, 0);

    private bool CanLeave => active.Count > _groups.KeptCount;

    /// <summary>The path so far, marked as incomplete until its end; null before its first point.</summary>
    public PathResult? SoFar => recorder.IsEmpty ? null : recorder.Result(InOrderOfRank(active.Positions()), _isComplete);

    /// <summary>Follows the path to its end.</summary>
    /// <param name="stop">The rule that ends the path.</param>
    /// <param name="goesOn">Tells after the snapshot of each count whether the path goes on to the next one; null to follow all.</param>
    /// <exception cref="ArgumentException">The count is open, which a single run cannot choose.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The groups that always stay cost more than the budget.</exception>
    public PathResult Follow(StopRule stop, Func<PathSnapshot, bool>? goesOn = null)
    {
        switch (stop)
        {
            case StopRule.AtCounts(int[] counts): FollowToCounts(counts, goesOn); break;
            case StopRule.AtLambda(double lambda, _): FollowToLambda(lambda); break;
            case StopRule.WithinBudget(double budget): FollowToBudget(budget); break;
            default:
                throw new ArgumentException(
                    "A single run ends at counts, at a λ or within a budget; an open count is chosen by a fit.", nameof(stop));
        }

        _isComplete = true;
        return SoFar!;
    }

    // Ends at the smallest count, with a snapshot of exactly each. A count is at least the number of groups that always stay, and at most
    // that of all groups.
    private void FollowToCounts(int[] counts, Func<PathSnapshot, bool>? goesOn)
    {
        var open = new Queue<int>(counts.Select(count => Math.Max(count, _groups.KeptCount)).Distinct().OrderDescending());
        Screen(open.Max());
        _length = new PathLength(settings.NumberOfDenseIterations, active.Count, open.Min());
        bool isPath = open.Any(count => count < active.Count);
        TrainDense(isPath ? settings.NumberOfDenseIterations : settings.DenseIterationsWithoutPath(schedule.Rows));
        TakeSnapshots(open, active.Positions(), network.Capture, goesOn);
        for (double lambda = open.Count > 0 ? StartOfPath() : 0; open.Count > 0; lambda = _lambdas.Next(lambda))
        {
            int[] before = active.Positions();
            Advance(lambda, () => TakeSnapshots(open, before, network.CaptureBefore, goesOn));
        }
    }

    // Ends when the budget pays for the active groups, with one snapshot: as many groups from the front of the ranking as it pays for.
    private void FollowToBudget(double budget)
    {
        double always = Enumerable.Range(0, _groups.Count).Where(_groups.IsKept).Sum(group => _groups.Costs[group]);
        if (!CostBudget.PaysFor(budget, always))
        {
            throw new ArgumentOutOfRangeException(
                nameof(budget), budget, FormattableString.Invariant($"The groups that always stay cost {always}."));
        }

        _length = new PathLength(settings.NumberOfDenseIterations, active.Count, (int)always);
        TrainDense(settings.NumberOfDenseIterations);
        bool isPaid = TakeWithin(active.Positions(), network.Capture);
        for (double lambda = isPaid ? 0 : StartOfPath(); !isPaid; lambda = _lambdas.Next(lambda))
        {
            int[] before = active.Positions();
            Advance(lambda, () => isPaid = TakeWithin(before, network.CaptureBefore));
        }

        bool TakeWithin(int[] before, Func<NetworkState> state)
        {
            var open = new Queue<int>([CountWithin(budget, before)]);
            TakeSnapshots(open, before, state);
            return open.Count == 0;
        }
    }

    // λ grows to its value and is held there, with one snapshot of the groups that are still active.
    private void FollowToLambda(double lambda)
    {
        bool isPath = lambda > 0 && CanLeave;
        _length = new PathLength(settings.NumberOfDenseIterations, active.Count, 0);
        TrainDense(isPath ? settings.NumberOfDenseIterations : settings.DenseIterationsWithoutPath(schedule.Rows));
        if (isPath)
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

        TakeSnapshots(new Queue<int>([active.Count]), active.Positions(), network.Capture);
    }

    // Groups that do not enter leave at λ = 0, before any training. All enter where more are to be kept than would.
    private void Screen(int largestCount)
    {
        int entering = settings.EnteringOf(active.Count);
        if (weakest is null || entering == active.Count || entering < largestCount)
        {
            return;
        }

        foreach (int position in weakest(entering))
        {
            active.Remove(position);
            recorder.Leave(position, lambda: 0);
        }

        KeepOnly(active.Positions());
    }

    private void TrainDense(int iterations)
    {
        StepSettings step = settings.PathStep(0, noise);
        double loss = double.NaN;
        for (int iteration = 1; iteration <= iterations; iteration++)
        {
            loss = _descent.Iterate(step, _ => settings.LearningRate);
            recorder.AddIteration(new GateIteration(DGatingPhase.Dense, iteration, 0), network);
            context.Work.Reach(_length.Dense(iteration, iterations));
            context.Progress(new DGatingProgress(DGatingPhase.Dense, iteration, 0, active.Count, loss));
        }

        _measures = network.Measure(step);
        recorder.AddPoint(network, 0, loss, _measures.Norms);
    }

    // Carries out one iteration at λ and removes the groups that leave in it. `groupsLeft` is called when any group leaves, while all
    // columns are still there.
    private void Advance(double lambda, Action groupsLeft)
    {
        StepSettings step = settings.PathStep(lambda, noise);
        double loss = _descent.Iterate(step, _ => settings.LearningRate);
        GroupMeasures measures = network.Measure(step);
        int[] leaving =
        [
            .. _cut.Check(network.Groups, measures, lambda, settings.GateDepth).Where(active.IsActive)
                .OrderBy(position => _measures.Norms[position]),
        ];
        if (leaving.Length > 0)
        {
            foreach (int position in leaving)
            {
                active.Remove(position);
                recorder.Leave(position, lambda);
            }

            groupsLeft();
            network.Cut(leaving, settings.GateDepth);
            recorder.AddPoint(network, lambda, loss, measures.Norms);
        }

        _measures = measures;
        _iteration++;
        recorder.AddIteration(new GateIteration(DGatingPhase.Path, _iteration, lambda), network);
        if (active.LeftShare >= CompactionShare && active.Count > 0)
        {
            Compact();
        }

        context.Work.Reach(_length.Path(_iteration, active.Count));
        context.Progress(new DGatingProgress(DGatingPhase.Path, _iteration, lambda, active.Count, loss));
    }

    // The scale of λ depends on the data, so the first λ is lowered until its first iteration makes hardly any group small.
    private double StartOfPath()
    {
        double[] candidates = [.. _lambdas.Starts()];
        foreach (double lambda in candidates[..^1])
        {
            StepSettings step = settings.PathStep(lambda, noise);
            _descent.Iterate(step, _ => settings.LearningRate);
            int small = CutRule.CountSmall(network.Groups, network.Measure(step), _measures);
            network.Revert(settings.GateDepth);
            if (small <= LargestFirstCut * (active.Count - _groups.KeptCount))
            {
                return lambda;
            }
        }

        return candidates[^1];
    }

    // A snapshot has exactly so many groups: the active ones, and the largest of those that left in this iteration. So the selections of a
    // path are nested.
    private void TakeSnapshots(
        Queue<int> counts, int[] before, Func<NetworkState> state, Func<PathSnapshot, bool>? goesOn = null)
    {
        while (counts.TryPeek(out int count) && active.Count <= count)
        {
            counts.Dequeue();
            int[] kept = [.. InOrderOfRank(before).Take(count).Order()];
            PathSnapshot snapshot =
                recorder.AddSnapshot(kept, state().Select(network.Groups, kept).Fold(network.Groups.Select(kept), settings.GateDepth));
            if (goesOn is not null && !goesOn(snapshot))
            {
                counts.Clear();
            }
        }
    }

    private IEnumerable<int> InOrderOfRank(int[] positions) => positions.OrderByDescending(active.IsActive)
        .ThenByDescending(network.Groups.IsKept).ThenByDescending(position => _measures.Norms[position]);

    // Counts the groups from the front of the ranking that the budget pays for.
    private int CountWithin(double budget, int[] positions)
    {
        double cost = 0;
        return InOrderOfRank(positions).TakeWhile(position => CostBudget.PaysFor(budget, cost += network.Groups.Costs[position])).Count();
    }

    private void Compact()
    {
        int[] kept = active.Positions();
        _measures = new GroupMeasures(
            Array.ConvertAll(kept, j => _measures.Norms[j]), Array.ConvertAll(kept, j => _measures.GradientNorms[j]));
        KeepOnly(kept);
    }

    private void KeepOnly(int[] kept)
    {
        network.KeepGroups(kept, settings.GateDepth);
        _cut.Keep(kept);
        active.Compact();
    }
}
