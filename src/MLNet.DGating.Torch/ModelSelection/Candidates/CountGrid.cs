using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.ModelSelection.Candidates;

/// <summary>Creates the grid of counts among which the automatic choice is made.</summary>
/// <remarks>
/// It has all groups, and counts from just under half of them down to one, evenly spaced on a logarithmic scale. With many groups there is
/// little to gain between all and half of them. With few groups every single one matters, and the scale begins at all but one. So does
/// every single one of the few that may be left: the smallest counts follow without a gap.
/// </remarks>
internal static class CountGrid
{
    private const int FewGroups = 2 * DGatingDefaults.LadderLength;

    /// <summary>The largest count from which all smaller ones follow.</summary>
    /// <remarks>With 16 madelon keeps 12 or 13 features instead of 16, and loses a point.</remarks>
    private const int Gapless = 10;

    /// <summary>Gives the grid of the groups that may leave, each count increased by the groups that always stay.</summary>
    /// <remarks>Where groups always stay, they alone are a candidate too.</remarks>
    /// <param name="groups">The groups.</param>
    /// <param name="entering">The most groups that enter a path.</param>
    public static int[] Of(GroupLayout groups, int entering)
    {
        int kept = groups.KeptCount, largest = Math.Max(entering, kept);
        return kept == 0 ? Of(largest) : [.. Of(largest - kept).Select(count => count + kept).Append(kept).Distinct()];
    }

    /// <summary>Gives the grid of counts, descending.</summary>
    /// <param name="groups">The number of groups, at least 1.</param>
    public static int[] Of(int groups)
    {
        var counts = new List<int> { groups };
        int first = Math.Max(1, groups <= FewGroups ? groups - 1 : (groups - 1) / 2);
        int steps = DGatingDefaults.LadderLength - 2;
        for (int i = 0; i <= steps; i++)
        {
            int count = (int)Math.Round(Math.Pow(first, 1 - (double)i / steps));
            if (count < counts[^1] && count > Gapless)
            {
                counts.Add(count);
            }
        }

        return [.. counts, .. Enumerable.Range(1, Math.Clamp(groups - 1, 0, Gapless)).Reverse()];
    }
}
