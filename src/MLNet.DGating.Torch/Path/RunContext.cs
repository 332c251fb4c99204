namespace MLNet.DGating.Torch;

/// <summary>What a run shares with the world: where its messages go, and when it must stop.</summary>
internal sealed record RunContext(Action<string> Warn, Action<DGatingProgress>? Progress, CancellationToken Cancellation)
{
    public static RunContext Silent { get; } = new(_ => { }, null, CancellationToken.None);
}
