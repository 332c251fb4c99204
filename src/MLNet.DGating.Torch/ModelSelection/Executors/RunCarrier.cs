using MLNet.DGating.Model;
using MLNet.DGating.Torch.Backends;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Candidates;
using MLNet.DGating.Torch.ModelSelection.Runs;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.RegularizationPath;
using MLNet.DGating.Torch.RegularizationPath.Stationary;
using MLNet.DGating.Torch.Settings;

namespace MLNet.DGating.Torch.ModelSelection.Executors;

/// <summary>Carries out one described run: first its path, then the refits at the path's snapshots.</summary>
internal sealed class RunCarrier
{
    private readonly RunDescription _run;
    private readonly TrainingSettings _settings;
    private readonly TrainingSet _rows;
    private readonly TrainingSet _data;
    private readonly FeatureRows _features;
    private readonly int[] _trainingRows;
    private readonly int[] _heldOutRows;
    private readonly RunScope _scope;
    private readonly RunContext _context;
    private readonly List<RefittedSnapshot> _refits = [];
    private PathResult? _path;

    private RunCarrier(RunDescription run, RunRows rows, RunScope scope, RunContext context)
    {
        _run = run;
        _settings = run.Settings.Shortened(run.Effort);
        if (IsCertified)
        {
            _settings = _settings with { UseBfloat16 = false };
        }

        _scope = scope;
        _context = run.IsForChoice
            ? context with { Progress = progress => context.Progress(progress with { Phase = DGatingPhase.Choosing }) }
            : context;
        (_trainingRows, _heldOutRows) = (rows.Training, rows.HeldOut);
        _rows = rows.Data with { IsPiecewise = _settings.IsPiecewise };
        _features = _rows.EncodedBy(_trainingRows);
        _data = _rows with { Groups = _rows.Groups.Encoded(_features.Encoding!) };
    }

    private bool IsCertified => _run.Stop is StopRule.AtLambda { IsCertified: true };

    // A feature and its knockoff compete on equal terms, and a model that is continued keeps its features.
    private bool CanScreen => _run is { Groups: null, Knockoffs: null, Beginning: null } && _data.TargetRows is null;

    /// <summary>Carries out a run in a scope. The result of a cancelled run has what was finished of it.</summary>
    public static RunResult Carry(RunDescription run, TrainingSet data, RunScope scope, RunContext context)
    {
        using var rows = RunRows.Of(run, data, scope.PrefersCopies);
        RunResult result = new RunCarrier(run, rows, scope, context).Carry();
        context.Work.Reach(1);
        return result.With(run.Networks);
    }

    private RunResult Carry()
    {
        bool isCancelled = false;
        try
        {
            RefitAll(Snapshots());
        }
        catch (OperationCanceledException)
        {
            isCancelled = true;
        }

        return new RunResult(_run.InputNoise, _path, _refits, isCancelled);
    }

    // Follows the path, if there is one, and gives the snapshots to refit.
    private PathSnapshot[] Snapshots()
    {
        if (_run.Stop is null)
        {
            return [_run.Start!];
        }

        Follow(_run.Stop, ShareOfPath(_run.Stop));
        if (_run.Stop is StopRule.AtLambda { IsCertified: true, Lambda: double lambda })
        {
            var solver = new StationaryPointSolver(
                _data, _features, _trainingRows, _heldOutRows, lambda, _settings, _scope,
                new RandomStream(_run.Seed, _run.Purpose), _context);
            _path = solver.Run(_path!);
        }

        return _run.Refits ? [.. _path!.Snapshots.Skip(_refits.Count)] : [];
    }

    private void RefitAll(PathSnapshot[] snapshots)
    {
        var refits = new RefittedSnapshot?[snapshots.Length];
        _context.Work.Announce(1);
        WorkShare[] shares = _context.Work.Begin(snapshots.Length);
        try
        {
            _scope.ForEach(snapshots.Length, (i, scope) => refits[i] = Refit(snapshots[i], scope, shares[i]));
        }
        finally
        {
            _refits.AddRange(refits.OfType<RefittedSnapshot>());
        }
    }

    // Refits a snapshot while the path waits, and tells whether the path goes on to the next one.
    private Func<PathSnapshot, bool> Screen()
    {
        var screen = new LadderScreen(OneStandardErrorSelector.Of(_data, _heldOutRows));
        return snapshot =>
        {
            // The path itself goes on meanwhile.
            _refits.Add(Refit(snapshot, _scope, new WorkShare()));
            return screen.GoesOn(_refits[^1].Result);
        };
    }

    // A refit takes about as long as a tenth of the path; a certificate as long as both.
    private double ShareOfPath(StopRule stop) => stop switch
    {
        _ when _run.EndsWhereHopeless || !_run.Refits => 1,
        StopRule.AtCounts(int[] counts) => 10.0 / (10 + counts.Length),
        StopRule.AtLambda { IsCertified: true } => 0.5,
        _ => 0.9,
    };

    private void Follow(StopRule stop, double share)
    {
        _context.Work.Announce(share);
        RunContext context = _context with { Work = _context.Work.Begin(1)[0] };
        TrainingSet data = _run.Groups is null ? _data : _data with { Groups = _data.Groups.Select(_run.Groups) };
        var random = new RandomStream(_run.Seed, _run.Purpose);
        NetworkState start = Beginning()?.Balance(data.Groups, _settings.GateDepth) ?? Initial(data, random);
        var schedule = new BatchSchedule(
            _trainingRows, _settings.BatchSize, _settings.MaximumStepsPerIteration, random, data.Pool, data.Shards);
        using INetwork network = _scope.Create(new NetworkRequest(data, _features, _trainingRows, schedule.BatchRows, _settings, random)
        {
            Inputs = _run.Groups is null ? null : _data.Groups.InputsOf(_run.Groups),
        });
        network.Load(start, _settings.GateDepth);

        // Held-out rows are for choosing the groups. Where the groups are given, only the refit is evaluated on them.
        RowEvaluation? heldOut = _heldOutRows.Length > 0 && _run.Groups is null ? new RowEvaluation(data, _heldOutRows) : null;
        var active = new ActiveSet(data.Groups.Count);
        var recorder = new PathRecorder(active, heldOut, _run.Records);
        var path = new PathRun(
            network, schedule, _settings, _run.InputNoise, data.Task.Loss.NullModelLoss, active, recorder, context,
            CanScreen ? entering => MarginalScreening.Weakest(data, _features, _trainingRows, entering) : null);
        try
        {
            _path = path.Follow(stop, _run.EndsWhereHopeless ? Screen() : null).OfGroups(_run.Groups);
        }
        catch (OperationCanceledException)
        {
            _path = path.SoFar?.OfGroups(_run.Groups);
            throw;
        }
    }

    private NetworkState Initial(TrainingSet data, RandomStream random)
    {
        NetworkShape shape = _settings.ShapeFor(data.Task);
        var drawn = NetworkState.Initial(shape, data.Groups, data.NullModelScores(_trainingRows), random);
        return data.IsPiecewise && shape.HasHidden ? drawn.NarrowGates(data.Groups, _settings.GateDepth) : drawn;
    }

    // The hidden neurons of a finished network differ already, so that the weights of further inputs may begin at 0.
    private NetworkState? Beginning()
    {
        if (_run.Beginning is not { } given)
        {
            return null;
        }

        NetworkState all = given with
        {
            Primary = _rows.Given!.Spread(given.Primary, given.GatedBias.Length, _features.Encoding!),
            Gates = _data.Groups.OpenGates(),
        };
        return _run.Groups is null ? all : all.Select(_data.Groups, _run.Groups);
    }

    private RefittedSnapshot Refit(PathSnapshot snapshot, RunScope scope, WorkShare work)
    {
        RunContext context = _context with { Work = work };
        if (_run.ContinuesModel)
        {
            var continued = new ContinuedRefit(_data, _features, _trainingRows, _heldOutRows, _settings, context);
            return new RefittedSnapshot(snapshot, continued.Run(
                snapshot.Groups, snapshot.State, scope, _run.EndOfRounds,
                round => new RandomStream(_run.Seed, RandomPurpose.RefitOf(round))));
        }

        if (_settings.Embedding is { } embedding && snapshot.Groups.Length > 0)
        {
            var embedded = new EmbeddedRefit(_rows, _trainingRows, _heldOutRows, _settings, embedding, context);
            return new RefittedSnapshot(
                snapshot, embedded.Run(snapshot.Groups, scope, new RandomStream(_run.Seed, RandomPurpose.RefitOf(0))));
        }

        var refit = new RefitRun(_data, _features, _trainingRows, _heldOutRows, _settings, context);
        return new RefittedSnapshot(snapshot, refit.Run(
            snapshot.Groups, snapshot.State, scope, _run.FirstRound, _run.EndOfRounds,
            round => new RandomStream(_run.Seed, RandomPurpose.RefitOf(round))));
    }
}
