namespace MLNet.DGating;

/// <summary>Adds to the importance of slots that of the pairs which their features are in.</summary>
/// <remarks>A pair counts in full for both of its features, in the unit of the targets. The slots of a category have equal parts.</remarks>
internal static class PairImportance
{
    /// <summary>Gives the importance of the slots that a network reads.</summary>
    /// <param name="ofCurves">That of their curves.</param>
    /// <param name="pairs">The pairs of the network.</param>
    /// <param name="unit">The size of a target of 1 in the unit of the scores.</param>
    public static float[] Add(float[] ofCurves, PairBlocks pairs, double unit)
    {
        float[] all = [.. ofCurves];
        foreach (PairBlock pair in pairs.All)
        {
            foreach (int[] places in (int[][])[pair.FirstPlaces, pair.SecondPlaces])
            {
                float part = (float)(pair.Strength / unit / Math.Sqrt(places.Length));
                Array.ForEach(places, place => all[place] = float.Hypot(all[place], part));
            }
        }

        return all;
    }
}
