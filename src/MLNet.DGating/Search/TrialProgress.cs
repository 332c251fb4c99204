using System.Diagnostics;
using MLNet.DGating.Torch.Search;

namespace MLNet.DGating;

/// <summary>Counts the finished trials of a rung and tells the user of each, one at a time: they finish on several threads.</summary>
internal sealed class TrialProgress(int rungs, Stopwatch clock, IProgress<DGatingSearchProgress>? progress)
{
    private readonly Lock _lock = new();
    private int _rung;
    private int _finished;
    private double _leastBoundedLoss = double.PositiveInfinity;

    /// <param name="trial">Has just finished.</param>
    /// <param name="ofRung">How many its rung has.</param>
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
