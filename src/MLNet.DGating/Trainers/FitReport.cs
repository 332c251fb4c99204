using Microsoft.ML.Runtime;
using MLNet.DGating.Torch;

namespace MLNet.DGating;

/// <summary>
/// Carries the engine's messages to ML.NET's channels and to the user's own <see cref="IProgress{T}"/>, one at a time: trial runs
/// report from several threads.
/// </summary>
internal sealed class FitReport
{
    private readonly Lock _lock = new();
    private readonly IProgressChannel _channel;
    private readonly IProgress<DGatingProgress>? _progress;
    private readonly LabelCoding _labels;
    private DGatingProgress _last;
    private DGatingPhase? _checkedPhase;

    public FitReport(IChannel messages, IProgressChannel channel, IProgress<DGatingProgress>? progress, LabelCoding labels, Action checkAlive)
    {
        _channel = channel;
        _progress = progress;
        _labels = labels;
        channel.SetHeader(new ProgressHeader(["TrainingLoss", "Lambda", "FeatureCount"], ["iterations"]), entry =>
        {
            entry.SetProgress(0, _last.Iteration);
            entry.SetMetric(0, _last.TrainingLoss);
            entry.SetMetric(1, _last.Lambda);
            entry.SetMetric(2, _last.FeatureCount);
        });
        Context = new RunContext(
            message =>
            {
                lock (_lock)
                {
                    messages.Warning(message);
                }
            },
            Report,
            checkAlive);
    }

    public RunContext Context { get; }

    private void Report(DGatingProgress progress)
    {
        lock (_lock)
        {
            _last = progress with { TrainingLoss = _labels.ToLabelUnits(progress.TrainingLoss) };
            // ML.NET keeps every checkpoint until somebody asks for it, and nobody asks an MLContext: one a phase. Who asks in
            // between is told the present state, by the header.
            if (_checkedPhase != progress.Phase)
            {
                _checkedPhase = progress.Phase;
                _channel.Checkpoint(_last.TrainingLoss, _last.Lambda, _last.FeatureCount, _last.Iteration);
            }

            _progress?.Report(_last);
        }
    }
}
