using System.Diagnostics.CodeAnalysis;

namespace MLNet.DGating.Torch.Progress;

/// <summary>Connects runs with whoever started them.</summary>
/// <param name="Inform">Takes what was decided, a sentence each; called from any thread.</param>
/// <param name="Warn">Takes what the user should look at; called from any thread.</param>
/// <param name="Progress">Called after every iteration, from any thread.</param>
/// <param name="CheckAlive">Called before every iteration; throws <see cref="OperationCanceledException"/> to stop the run.</param>
internal sealed record RunContext(Action<string> Inform, Action<string> Warn, Action<DGatingProgress> Progress, Action CheckAlive)
{
    /// <summary>A context that nobody listens to.</summary>
    public static RunContext Silent { get; } = new(_ => { }, _ => { }, _ => { }, () => { });

    /// <summary>Throws what stopped a run that was cancelled.</summary>
    /// <exception cref="OperationCanceledException">Always.</exception>
    [DoesNotReturn]
    public void ThrowCancelled()
    {
        CheckAlive();
        throw new OperationCanceledException();
    }
}
