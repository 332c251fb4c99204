using System.Diagnostics;
using MLNet.DGating.Torch.Search;

namespace MLNet.DGating;

/// <summary>Counts the finished trials of a rung and reports each to the user.</summary>
/// <remarks>Trials finish on several threads; reports are sent one at a time.</remarks>
/// <param name="rungs">The number of rungs.</param>
/// <param name="clock">Measures the time since the search began.</param>
/// <param name="progress">Receives the reports; null for none.</param>
internal sealed class TrialProgress(int rungs, Stopwatch clock, IProgress<DGatingSearchProgress>? progress)
{
    private readonly Lock _lock = new();
    private int _rung;
    private int _finished;
    private double _leastBoundedLoss = double.PositiveInfinity;

    /// <summary>Counts and reports a finished trial.</summary>
    /// <param name="trial">The finished trial.</param>
    /// <param name="ofRung">The number of trials of its rung.</param>
    public void Add(SearchTrial trial, int ofRung)
    {
        lock (_lock)
        {
            if (trial.Rung != _rung)
            {
                (_rung, _finished, _leastBoundedLoss) = (trial.Rung, 0, double.PositiveInfinity);
            }

            _finished++;
            _leastBoundedLoss = Math.Min(_leastBoundedLoss, trial.BoundedLoss);
            progress?.Report(new DGatingSearchProgress(trial.Rung + 1, rungs, _finished, ofRung, _leastBoundedLoss, clock.Elapsed));
        }
    }
}
