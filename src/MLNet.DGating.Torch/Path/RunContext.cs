namespace MLNet.DGating.Torch;

/// <summary>What a run shares with the world.</summary>
/// <param name="Warn">Takes messages for the user; called from any thread.</param>
/// <param name="Progress">Called after every iteration, from any thread.</param>
/// <param name="CheckAlive">Called before every iteration; throws <see cref="OperationCanceledException"/> to stop the run.</param>
internal sealed record RunContext(Action<string> Warn, Action<DGatingProgress> Progress, Action CheckAlive)
{
    public static RunContext Silent { get; } = new(_ => { }, _ => { }, () => { });
}
