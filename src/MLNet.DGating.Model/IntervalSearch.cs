namespace MLNet.DGating.Model;

/// <summary>Finds the interval of a value among ascending edges, in training and in scoring alike.</summary>
internal static class IntervalSearch
{
    /// <summary>Gives the number of the last edge that is not above a value; 0 for values below all edges, and for NaN.</summary>
    /// <param name="edges">The lower edges of the intervals, ascending, at least one.</param>
    /// <param name="value">The value.</param>
    public static int LowerEdge(ReadOnlySpan<float> edges, float value)
    {
        int low = 0, length = edges.Length;
        while (length > 1)
        {
            int half = length / 2;
            low = edges[low + half] <= value ? low + half : low;
            length -= half;
        }

        return low;
    }
}
