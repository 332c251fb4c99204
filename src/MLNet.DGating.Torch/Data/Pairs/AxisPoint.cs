namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>A place on an axis: between two nodes, or at one.</summary>
/// <param name="Node">The node before it.</param>
/// <param name="Next">The node behind it; the same where it is at a node.</param>
/// <param name="Share">The share of the way to the next node, 0 to 1.</param>
internal readonly record struct AxisPoint(int Node, int Next, float Share)
{
    /// <summary>The node that is nearest.</summary>
    public int Nearest => Share < 0.5f ? Node : Next;

    /// <summary>Creates a place at a node.</summary>
    public static AxisPoint At(int node) => new(node, node, 0);
}
