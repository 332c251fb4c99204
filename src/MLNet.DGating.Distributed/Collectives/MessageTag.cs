namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Names what a message between ranks is about.</summary>
internal enum MessageTag
{
    /// <summary>Asks rank 0 for a piece of work.</summary>
    Ask = 1,

    /// <summary>Gives a rank the number of a piece of work.</summary>
    Piece,

    /// <summary>Has the outcome of a piece of work.</summary>
    Report,

    /// <summary>Says that the user stopped the work.</summary>
    Cancel,

    /// <summary>Says that every rank has all outcomes.</summary>
    End,

    /// <summary>Has the part of a rank for a collective call.</summary>
    Gather,

    /// <summary>Has what rank 0 gives to all in a collective call.</summary>
    Broadcast,

    /// <summary>Says that the rank sends nothing more, and why, if it failed.</summary>
    Leave,
}
