using System.Runtime.ExceptionServices;

namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Describes what a network has requested and waits for.</summary>
/// <param name="Network">The network.</param>
internal abstract record PendingWork(BatchedNetwork Network)
{
    public bool IsDone { get; set; }

    /// <summary>The error that ended the work; null where there was none.</summary>
    public ExceptionDispatchInfo? Error { get; set; }

    /// <summary>A key that is equal for work that can be carried out in one batch.</summary>
    public abstract object BatchKey { get; }
}
