using System.Diagnostics.CodeAnalysis;

namespace MLNet.DGating.Torch.Progress;

/// <summary>Passes messages and progress of runs to their caller, and cancels runs.</summary>
/// <remarks>All functions are called from any thread.</remarks>
/// <param name="Inform">Takes messages about decisions, one sentence each.</param>
/// <param name="Warn">Takes warnings for the user.</param>
/// <param name="Progress">Takes the progress after every iteration.</param>
/// <param name="CheckAlive">Called before every iteration; throws <see cref="OperationCanceledException"/> to stop the run.</param>
internal sealed record RunContext(Action<string> Inform, Action<string> Warn, Action<DGatingProgress> Progress, Action CheckAlive)
{
    /// <summary>A context that ignores all messages and never cancels.</summary>
    public static RunContext Silent => new(_ => { }, _ => { }, _ => { }, () => { });

    /// <summary>The work whose fraction is reported.</summary>
    public WorkShare Work { get; init; } = new();

    /// <summary>Whether runs are to stop.</summary>
    public bool IsCancelled
    {
        get
        {
            try
            {
                CheckAlive();
                return false;
            }
            catch (OperationCanceledException)
            {
                return true;
            }
        }
    }

    /// <summary>Throws the exception of a cancelled run.</summary>
    /// <exception cref="OperationCanceledException">Always.</exception>
    [DoesNotReturn]
    public void ThrowCancelled()
    {
        CheckAlive();
        throw new OperationCanceledException();
    }
}
