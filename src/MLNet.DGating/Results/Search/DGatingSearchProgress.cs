namespace MLNet.DGating;

/// <summary>Where a search stands; reported whenever a trial has finished, from the thread that ran it.</summary>
public readonly record struct DGatingSearchProgress
{
    internal DGatingSearchProgress(int rung, int rungs, int finishedTrials, int trials, double leastBoundedLoss, TimeSpan elapsed)
    {
        Rung = rung;
        Rungs = rungs;
        FinishedTrials = finishedTrials;
        Trials = trials;
        LeastBoundedLoss = leastBoundedLoss;
        Elapsed = elapsed;
    }

    /// <summary>1, 2, …; the last is the comparison of the best setting with the trainer's own.</summary>
    public int Rung { get; init; }

    /// <summary>How many there are.</summary>
    public int Rungs { get; init; }

    /// <summary>Trials of this rung that have finished.</summary>
    public int FinishedTrials { get; init; }

    /// <summary>Trials of this rung.</summary>
    public int Trials { get; init; }

    /// <summary>The least bounded loss on this rung so far; <see cref="double.PositiveInfinity"/> while training diverged in all.</summary>
    public double LeastBoundedLoss { get; init; }

    /// <summary>Time since the search began.</summary>
    public TimeSpan Elapsed { get; init; }
}
