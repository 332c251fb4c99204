using MLNet.DGating.Distributed;

namespace MLNet.DGating.Tool.Output;

/// <summary>The streams that a run of the tool writes to, and the token that stops it.</summary>
/// <param name="Output">The stream of results.</param>
/// <param name="Error">The stream of all else: progress, warnings, errors.</param>
/// <param name="IsInteractive">Whether the error stream is a terminal, where a progress bar can move.</param>
/// <param name="Cancellation">The token of Ctrl+C.</param>
internal sealed record ToolContext(TextWriter Output, TextWriter Error, bool IsInteractive, CancellationToken Cancellation)
{
    /// <summary>The processes that train together; null where this one is alone.</summary>
    public DGatingCluster? Cluster { get; init; }

    /// <summary>Whether this process writes files.</summary>
    public bool WritesFiles => Cluster is not { IsFirst: false };
}
