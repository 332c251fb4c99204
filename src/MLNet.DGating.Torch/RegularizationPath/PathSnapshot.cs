using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.RegularizationPath;

/// <summary>Holds the network of a path at one count, from which a refit starts.</summary>
/// <param name="Groups">The selected groups, ascending, numbered as in the training set.</param>
/// <param name="State">The parameters with folded gates; the gated layer has the columns of the selected groups alone.</param>
internal sealed record PathSnapshot(int[] Groups, NetworkState State)
{
    /// <summary>Gives the network restricted to the first groups of a ranking; selections of a path are nested.</summary>
    /// <param name="count">The number of groups, at most that of this snapshot.</param>
    /// <param name="ranking">All groups, the last to leave first.</param>
    /// <param name="groups">All groups, with the columns of their encoding.</param>
    public PathSnapshot First(int count, int[] ranking, GroupLayout groups)
    {
        if (count == Groups.Length)
        {
            return this;
        }

        HashSet<int> first = [.. ranking.Take(count)];
        int[] kept = [.. Enumerable.Range(0, Groups.Length).Where(position => first.Contains(Groups[position]))];
        return new PathSnapshot(Array.ConvertAll(kept, position => Groups[position]), State.Select(groups.Select(Groups), kept));
    }
}
