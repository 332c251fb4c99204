using System.Diagnostics;
using MLNet.DGating.Torch.Objective.Tasks;
using MLNet.DGating.Torch.Progress;
using Microsoft.ML.Runtime;

namespace MLNet.DGating;

/// <summary>Passes a fit's messages and progress to ML.NET's channels and to the user, and cancels the fit.</summary>
/// <remarks>Runs report from several threads; messages are passed on one at a time.</remarks>
internal sealed class FitMonitor : IDisposable
{
    // Before, the pace says too little about the rest.
    private const double SmallestFraction = 0.02;

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly IHost _host;
    private readonly IProgress<DGatingProgress>? _userProgress;
    private readonly CancellationToken _cancellationToken;
    private readonly IProgressChannel _progress;
    private DGatingProgress _last;
    private DGatingPhase? _checkedPhase;

    /// <param name="host">Logs messages, and checks whether the MLContext is cancelled.</param>
    /// <param name="progress">Receives the progress for the user; null for none.</param>
    /// <param name="cancellationToken">The user's token, which cancels the fit.</param>
    public FitMonitor(IHost host, IProgress<DGatingProgress>? progress, CancellationToken cancellationToken)
    {
        _host = host;
        _userProgress = progress;
        _cancellationToken = cancellationToken;
        Channel = host.Start("Training");
        _progress = host.StartProgressChannel("Training model");
        _progress.SetHeader(new ProgressHeader(["TrainingLoss", "Lambda", "FeatureCount"], ["iterations"]), entry =>
        {
            entry.SetProgress(0, _last.Iteration);
            entry.SetMetric(0, _last.TrainingLoss);
            entry.SetMetric(1, _last.Lambda);
            entry.SetMetric(2, _last.FeatureCount);
        });
        Context = new RunContext(Inform, Warn, progress => Report(progress, Context!.Work.Fraction), CheckAlive);
    }

    public IChannel Channel { get; }

    /// <summary>The context for runs of the engine.</summary>
    public RunContext Context { get; }

    /// <summary>The task in whose unit losses are reported; null until the rows are read.</summary>
    public LearningTask? Task { get; set; }

    public void Inform(string message)
    {
        lock (_lock)
        {
            Channel.Info(message);
        }
    }

    public void Warn(string message)
    {
        lock (_lock)
        {
            Channel.Warning(message);
        }
    }

    /// <summary>Throws if the fit is cancelled.</summary>
    /// <exception cref="OperationCanceledException">The user's token or the MLContext is cancelled.</exception>
    public void CheckAlive()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _host.CheckAlive();
    }

    public void Dispose()
    {
        _progress.Dispose();
        Channel.Dispose();
    }

    /// <summary>Reports that the fit has ended.</summary>
    public void Finish()
    {
        if (_last.Iteration > 0)
        {
            lock (_lock)
            {
                _userProgress?.Report(_last = _last with { Fraction = 1, TimeLeft = TimeSpan.Zero });
            }
        }
    }

    private void Report(DGatingProgress progress, double fraction)
    {
        lock (_lock)
        {
            // Threads overtake each other between what they measure and what they report.
            fraction = Math.Max(_last.Fraction, fraction);
            _last = progress with
            {
                TrainingLoss = Task!.ToReportedLoss(progress.TrainingLoss),
                Fraction = fraction,
                TimeLeft = fraction < SmallestFraction ? null : (1 - fraction) / fraction * _clock.Elapsed,
            };
            // ML.NET keeps every checkpoint in memory until it is read, and an MLContext never reads it, so there is one for each phase. In
            // between, the header gives the present state.
            if (_checkedPhase != progress.Phase)
            {
                _checkedPhase = progress.Phase;
                _progress.Checkpoint(_last.TrainingLoss, _last.Lambda, _last.FeatureCount, _last.Iteration);
            }

            _userProgress?.Report(_last);
        }
    }
}
