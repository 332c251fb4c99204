namespace MLNet.DGating.Distributed.Runs;

/// <summary>Numbers what ranks do together, which is one thing at a time.</summary>
internal sealed class WorkTurns
{
    private long _number;
    private int _isTaken;

    /// <summary>Begins the next turn, and gives its number, from 1.</summary>
    /// <exception cref="InvalidOperationException">Another thread of this process has a turn.</exception>
    public long Begin() => Interlocked.Exchange(ref _isTaken, 1) == 0
        ? ++_number
        : throw new InvalidOperationException(
            "A cluster serves one fit at a time, but another thread is in one: wait for it, or leave Executor null in its options.");

    /// <summary>Ends the turn.</summary>
    public void End() => Volatile.Write(ref _isTaken, 0);
}
