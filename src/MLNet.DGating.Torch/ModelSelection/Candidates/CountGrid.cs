using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>
/// The counts among which the automatic choice is made: all groups, and from just under half of them down to one, evenly on a logarithmic
/// scale.
/// </summary>
/// <remarks>
/// Of many groups, between all and half there is little to gain; of few, every one that is left out counts, and the steps begin at all but
/// one.
/// </remarks>
internal static class CountGrid
{
    private const int FewGroups = 2 * DGatingDefaults.LadderLength;

    /// <summary>
    /// The ladder of the groups that may leave, on top of those that always stay; where some do, they alone are a candidate too.
    /// </summary>
    public static int[] Of(GroupLayout groups) => groups.KeptCount == 0
        ? Of(groups.Count)
        : [.. Of(groups.Count - groups.KeptCount).Select(count => count + groups.KeptCount).Append(groups.KeptCount).Distinct()];

    public static int[] Of(int groups)
    {
        var counts = new List<int> { groups };
        int first = Math.Max(1, groups <= FewGroups ? groups - 1 : (groups - 1) / 2);
        int steps = DGatingDefaults.LadderLength - 2;
        for (int i = 0; i <= steps; i++)
        {
            int count = (int)Math.Round(Math.Pow(first, 1 - (double)i / steps));
            if (count < counts[^1])
            {
                counts.Add(count);
            }
        }

        return [.. counts];
    }
}
