namespace MLNet.DGating.Torch;

/// <summary>
/// The counts among which the automatic choice is made: all groups, and from just under half of them down to one, evenly on a
/// logarithmic scale. Between all and half there is little to gain from leaving features out.
/// </summary>
internal static class CountLadder
{
    public static int[] Of(int groups)
    {
        var counts = new List<int> { groups };
        int half = Math.Max(1, (groups - 1) / 2);
        int steps = DGatingDefaults.LadderLength - 2;
        for (int i = 0; i <= steps; i++)
        {
            int count = (int)Math.Round(Math.Pow(half, 1 - (double)i / steps));
            if (count < counts[^1])
            {
                counts.Add(count);
            }
        }

        return [.. counts];
    }
}
