using System.Diagnostics;
using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.ModelSelection.Executors;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Search;
using MLNet.DGating.Torch.Settings;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Carries out one search, and trains the chosen setting on all rows.</summary>
internal sealed class OptionSearch
{
    // The random stream that deals rows differs from those of fits, so that the parts of a search are independent of the splits of a fit.
    private const int RowsStream = 501;

    private readonly PreparedRows _rows;
    private readonly SearchCandidates _candidates;
    private readonly FitSettings[] _settings;
    private readonly SearchRows _searchRows;
    private readonly TrainingSession _session;
    private readonly TrainingPlan _plan;

    /// <param name="context">Throws user errors.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="candidates">The settings to try.</param>
    /// <param name="session">Takes messages and progress, and cancels the search.</param>
    /// <param name="plan">Where runs are carried out.</param>
    public OptionSearch(
        IExceptionContext context, PreparedRows rows, SearchCandidates candidates, TrainingSession session, TrainingPlan plan)
    {
        int count = rows.TrainingRows.Length;
        context.CheckUserArg(count >= SearchRows.SmallestRows, "data",
            $"A search needs at least {SearchRows.SmallestRows} rows " +
            $"to train settings on, rank them and compare the best with the options as given, but there are {count}.");
        _rows = rows;
        _candidates = candidates;
        _session = session;
        _plan = plan;
        _settings = [.. candidates.Options.Select(options => EngineSettings.Of(options, options.Seed!.Value, rows.Task))];
        int seed = (int)new RandomStream(_settings[0].Seed, RowsStream).NextUInt64();
        _searchRows = SearchRows.Deal(rows.Data, rows.TrainingRows, seed);
    }

    /// <summary>Searches, and trains the chosen setting on all rows.</summary>
    /// <param name="timeout">The longest time to search; null to search until all trials are done.</param>
    /// <param name="progress">Receives the progress after every trial; null for none.</param>
    /// <param name="transformer">Creates a transformer from a fit.</param>
    public DGatingSearchResult<TTransformer> Run<TTransformer>(
        TimeSpan? timeout, IProgress<DGatingSearchProgress>? progress, Func<FitResult, TTransformer> transformer)
        where TTransformer : ITransformer
    {
        var clock = Stopwatch.StartNew();
        FitMonitor monitor = _session.Monitor;
        RunContext timed = monitor.Context with
        {
            CheckAlive = () =>
            {
                monitor.CheckAlive();
                if (clock.Elapsed > timeout)
                {
                    throw new OperationCanceledException("The search ran out of time.");
                }
            },
        };
        TrainingSet sample = _rows.Data with { Stream = null };
        using IRunExecutor executor = _plan.Start(sample, timed);
        var search = new SettingsSearch(sample, _searchRows, _settings, executor, timed);
        SearchOutcome outcome = search.Run(new TrialProgress(search.Rungs, clock, progress).Add);
        DGatingLeaderboard leaderboard = LeaderboardBuilder.Build(outcome, _candidates.Describe, search.Rungs, _searchRows, _rows.Task);
        monitor.Inform($"Search over {_candidates.Options.Count} settings. Taken: {leaderboard.Trials[0].Settings}. {leaderboard.Judging}");

        int chosen = outcome.Winner.Candidate;
        FitResult? onAll = FitOnAllRows(_settings[chosen]);
        _session.Finish();
        return new DGatingSearchResult<TTransformer>(
            transformer(onAll ?? outcome.Winner.Fit!), _candidates.Options[chosen].Copy(), leaderboard,
            outcome.IsComplete, onAll is not null);
    }

    // Gives null where the fit was cancelled.
    private FitResult? FitOnAllRows(FitSettings settings)
    {
        using FitWorkflow workflow = _session.Start(_rows, _plan with { Settings = settings });
        try
        {
            return AutomaticFit.Run(workflow, _searchRows.All, []);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
