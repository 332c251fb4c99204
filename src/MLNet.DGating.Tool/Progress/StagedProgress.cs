using System.Diagnostics;

namespace MLNet.DGating.Tool.Progress;

/// <summary>Joins the progress of several trainings, one after another, into one.</summary>
/// <param name="report">Takes the progress, from the threads that train.</param>
internal sealed class StagedProgress(Action<TrainingMoment> report) : IProgress<DGatingProgress>
{
    // Before, the pace says too little about the rest.
    private const double SmallestFraction = 0.02;

    private readonly Lock _lock = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string? _stage;
    private double _from, _to = 1, _reached;

    /// <summary>A progress that nobody looks at.</summary>
    public static StagedProgress Silent => new(_ => { });

    /// <summary>Begins a stage.</summary>
    /// <param name="stage">Its name; null for the training of the model itself.</param>
    /// <param name="from">The fraction of all work at its beginning.</param>
    /// <param name="to">The fraction of all work at its end.</param>
    public void Begin(string? stage, double from, double to)
    {
        lock (_lock)
        {
            (_stage, _from, _to) = (stage, from, to);
        }
    }

    public void Report(DGatingProgress value)
    {
        lock (_lock)
        {
            _reached = Math.Max(_reached, _from + ((_to - _from) * value.Fraction));
            TimeSpan? left = _reached < SmallestFraction ? null : (1 - _reached) / _reached * _clock.Elapsed;
            report(new TrainingMoment(_stage, _reached, left, value));
        }
    }
}
