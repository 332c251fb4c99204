using System.Diagnostics;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Progress;
using MLNet.DGating.Torch.Randomness;
using MLNet.DGating.Torch.Search;
using MLNet.DGating.Torch.Settings;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>One search: the candidates through the engine, and the one taken trained on all rows.</summary>
internal sealed class OptionSearch
{
    // A stream of the seed, far from those of fits: who sees which rows should have nothing to do with how a fit splits what it sees.
    private const int RowsStream = 501;

    private readonly PreparedRows _rows;
    private readonly SearchCandidates _candidates;
    private readonly TrainingSettings[] _settings;
    private readonly SearchRows _searchRows;
    private readonly FitMonitor _report;

    /// <param name="context">Throws user errors.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="candidates">What to try.</param>
    /// <param name="given">Device and threads.</param>
    /// <param name="report">Messages, progress and cancellation.</param>
    public OptionSearch(IExceptionContext context, PreparedRows rows, SearchCandidates candidates, TrainingSettings given, FitMonitor report)
    {
        int count = rows.TrainingRows.Length;
        context.CheckUserArg(count >= SearchRows.SmallestRows, "data",
            $"A search needs at least {SearchRows.SmallestRows} rows to train settings on, rank them and compare the best with the options as given, but there are {count}.");
        _rows = rows;
        _candidates = candidates;
        _report = report;
        _settings = [.. candidates.Options.Select(options => EngineSettings.Of(options, rows.Labels) with { Seed = options.Seed!.Value, Device = given.Device })];
        int seed = (int)new RandomStream(_settings[0].Seed, RowsStream).NextUInt64();
        _searchRows = SearchRows.Deal(rows.TrainingRows, new TrialRuns(rows.Data, _settings[0] with { Seed = seed }, report.Context));
    }

    public DGatingSearchResult<TTransformer> Run<TTransformer>(TimeSpan? timeout, IProgress<DGatingSearchProgress>? progress, Func<FitResult, TTransformer> transformer)
        where TTransformer : ITransformer
    {
        var clock = Stopwatch.StartNew();
        RunContext timed = _report.Context with
        {
            CheckAlive = () =>
            {
                _report.CheckAlive();
                if (clock.Elapsed > timeout)
                {
                    throw new OperationCanceledException("The search ran out of time.");
                }
            },
        };
        var search = new SettingsSearch(_rows.Data with { Stream = null }, _searchRows, _settings, _settings[0].Threads, timed);
        SearchOutcome outcome = search.Run(new FinishedTrials(search.Rungs, clock, progress).Add);
        DGatingLeaderboard leaderboard = LeaderboardBuilder.Leaderboard(outcome, _candidates, search.Rungs, _searchRows, _rows.Labels);
        _report.Inform($"Search over {_candidates.Options.Count} settings. Taken: {leaderboard.Trials[0].Settings}. {leaderboard.Judging}");

        int taken = outcome.Winner.Candidate;
        FitResult? onAll = FitOnAllRows(_settings[taken]);
        return new DGatingSearchResult<TTransformer>(transformer(onAll ?? outcome.Winner.Fit!), _candidates.Options[taken].Copy(), leaderboard, outcome.IsComplete, onAll is not null);
    }

    // Null where the user has had enough.
    private FitResult? FitOnAllRows(TrainingSettings settings)
    {
        try
        {
            return AutomaticFit.Run(_rows.Data, _searchRows.All, [], settings, _report.Context);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
