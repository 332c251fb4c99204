namespace MLNet.DGating;

/// <summary>Reports the progress of a search. It is sent after every trial, from the thread that ran the trial.</summary>
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

    /// <summary>The number of the rung, from 1. The last is the comparison of the best setting with the trainer's own.</summary>
    public int Rung { get; init; }

    /// <summary>The number of rungs.</summary>
    public int Rungs { get; init; }

    /// <summary>The number of trials of this rung that have finished.</summary>
    public int FinishedTrials { get; init; }

    /// <summary>The number of all trials of this rung.</summary>
    public int Trials { get; init; }

    /// <summary>The least bounded loss on this rung so far; <see cref="double.PositiveInfinity"/> if all trials diverged.</summary>
    public double LeastBoundedLoss { get; init; }

    /// <summary>The time since the search began.</summary>
    public TimeSpan Elapsed { get; init; }
}
