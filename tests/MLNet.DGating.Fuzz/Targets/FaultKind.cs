namespace MLNet.DGating.Fuzz.Targets;

/// <summary>The promises that an input can break.</summary>
internal enum FaultKind
{
    /// <summary>An exception or exit code that is not documented.</summary>
    Crash,

    /// <summary>No answer within the time.</summary>
    Hang,

    /// <summary>More memory than the input is worth.</summary>
    Memory,

    /// <summary>A changed model that answers other than before.</summary>
    Silent,
}
