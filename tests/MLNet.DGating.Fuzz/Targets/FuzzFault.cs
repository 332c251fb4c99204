namespace MLNet.DGating.Fuzz.Targets;

/// <summary>An answer that nobody was promised.</summary>
/// <param name="kind">Which of the promises it breaks.</param>
/// <param name="message">What came instead.</param>
internal sealed class FuzzFault(FaultKind kind, string message) : Exception(message)
{
    public FaultKind Kind { get; } = kind;
}
