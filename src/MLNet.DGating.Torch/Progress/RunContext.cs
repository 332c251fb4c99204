namespace MLNet.DGating.Torch.Progress;

/// <summary>What a run shares with the world.</summary>
/// <param name="Inform">Takes what was decided, a sentence each; called from any thread.</param>
/// <param name="Warn">Takes what the user should look at; called from any thread.</param>
/// <param name="Progress">Called after every iteration, from any thread.</param>
/// <param name="CheckAlive">Called before every iteration; throws <see cref="OperationCanceledException"/> to stop the run.</param>
internal sealed record RunContext(Action<string> Inform, Action<string> Warn, Action<DGatingProgress> Progress, Action CheckAlive)
{
    public static RunContext Silent { get; } = new(_ => { }, _ => { }, _ => { }, () => { });
}
