namespace MLNet.DGating.Torch.Backends.Batched;

/// <summary>Describes what must be equal for iterations to be the same sequence of operations on the same memory.</summary>
/// <param name="Networks">The number of networks.</param>
/// <param name="Columns">The number of columns of the stack.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="BatchRows">The number of rows of a batch.</param>
/// <param name="IsNoisy">Whether any network has input noise.</param>
/// <param name="HasWideGroups">Whether any group has more than one column.</param>
/// <param name="HasKept">Whether any group always stays.</param>
/// <param name="Of">What iterations of one batch have in common: <see cref="PendingIteration.BatchKey"/>.</param>
internal sealed record StackKey(
    int Networks, int Columns, int Steps, int BatchRows, bool IsNoisy, bool HasWideGroups, bool HasKept, object Of)
{
    /// <summary>The parts into which the widths between two powers of two are divided.</summary>
    private const int WidthsOfAnOctave = 8;

    public static StackKey For(IReadOnlyList<PendingIteration> batch)
    {
        BatchedNetwork[] networks = [.. batch.Select(pending => pending.Network)];
        return new StackKey(
            networks.Length,
            Width(networks.Max(network => network.Columns.Count)),
            batch.Max(pending => pending.Iteration.Steps),
            batch.Max(pending => pending.Iteration.BatchRows),
            batch.Any(pending => pending.Iteration.Step.InputNoise > 0),
            networks.Any(network => network.Columns.HasWideGroups),
            networks.Any(network => network.Columns.HasKept),
            batch[0].BatchKey);
    }

    // A stack that is a little wider than its networks serves for many iterations in which columns leave.
    private static int Width(int columns)
    {
        int step = 1;
        while (step * 2 * WidthsOfAnOctave <= columns)
        {
            step *= 2;
        }

        return (columns + step - 1) / step * step;
    }
}
