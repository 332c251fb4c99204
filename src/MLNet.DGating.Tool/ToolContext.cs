namespace MLNet.DGating.Tool;

/// <summary>What a run of the tool has of the outside world.</summary>
/// <param name="Output">Where results go.</param>
/// <param name="Error">Where everything else goes: progress, warnings, errors.</param>
/// <param name="IsInteractive">Whether somebody watches the error stream, so that progress may move on it.</param>
/// <param name="Cancellation">Ctrl+C.</param>
internal sealed record ToolContext(TextWriter Output, TextWriter Error, bool IsInteractive, CancellationToken Cancellation);
