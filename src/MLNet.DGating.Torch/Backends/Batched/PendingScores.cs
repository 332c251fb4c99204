namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Describes scores that a network has requested and waits for.</summary>
/// <param name="Network">The network.</param>
/// <param name="Rows">The numbers of the rows, at least one; −1 stands for a row of zeros.</param>
internal sealed record PendingScores(BatchedNetwork Network, int[] Rows) : PendingWork(Network)
{
    /// <summary>The scores [rows, outputs], once they are computed.</summary>
    public float[] Scores { get; } = new float[Rows.Length * Network.Shape.Outputs];

    public override object BatchKey => Network.Kind;
}
