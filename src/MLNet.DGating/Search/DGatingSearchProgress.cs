namespace MLNet.DGating;

/// <summary>Where a search stands; reported whenever a trial has finished, from the thread that ran it.</summary>
/// <param name="Rung">1, 2, …; the last is the comparison of the best setting with the trainer's own.</param>
/// <param name="Rungs">How many there are.</param>
/// <param name="FinishedTrials">Trials of this rung that have finished.</param>
/// <param name="Trials">Trials of this rung.</param>
/// <param name="LeastBoundedLoss">The least misfit on this rung so far; <see cref="double.PositiveInfinity"/> while training diverged in all.</param>
/// <param name="Elapsed">Time since the search began.</param>
public readonly record struct DGatingSearchProgress(int Rung, int Rungs, int FinishedTrials, int Trials, double LeastBoundedLoss, TimeSpan Elapsed);
