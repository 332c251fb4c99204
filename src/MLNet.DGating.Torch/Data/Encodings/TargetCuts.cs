namespace MLNet.DGating.Torch.Data.Encodings;

/// <summary>Cuts the values of one input where the targets change most, by a regression tree of this input alone.</summary>
/// <remarks>
/// The best leaf is split first, by the largest reduction of the squared error of the targets; for classes that is the Gini impurity. With
/// one input a split is found from sums over its sorted values.
/// </remarks>
/// <param name="values">The values of the input, with the targets of their rows.</param>
/// <param name="smallestLeaf">The least number of rows of a leaf.</param>
internal sealed class TargetCuts(DistinctValues values, int smallestLeaf)
{
    private readonly int[] _rowsBefore = [0, .. Running(values.Counts)];

    /// <summary>Gives the cuts, ascending; each lies above a value and not above the next one.</summary>
    /// <param name="leaves">The most leaves of the tree.</param>
    public float[] Find(int leaves)
    {
        var open = new PriorityQueue<(int From, int Middle, int To), double>();
        var cuts = new List<float>();
        Add(0, values.Count);
        while (cuts.Count + 1 < leaves && open.TryDequeue(out (int From, int Middle, int To) split, out _))
        {
            cuts.Add(Between(values.Values[split.Middle - 1], values.Values[split.Middle]));
            Add(split.From, split.Middle);
            Add(split.Middle, split.To);
        }

        cuts.Sort();
        return [.. cuts];

        void Add(int from, int to)
        {
            (int middle, double gain) = BestSplit(from, to);
            if (middle > 0)
            {
                open.Enqueue((from, middle, to), -gain);
            }
        }
    }

    private (int Middle, double Gain) BestSplit(int from, int to)
    {
        (int best, double most) = (0, 1e-9 * Math.Max(1, Fit(0, values.Count)));
        double whole = Fit(from, to);
        for (int middle = from + 1; middle < to; middle++)
        {
            if (_rowsBefore[middle] - _rowsBefore[from] < smallestLeaf || _rowsBefore[to] - _rowsBefore[middle] < smallestLeaf)
            {
                continue;
            }

            double gain = Fit(from, middle) + Fit(middle, to) - whole;
            if (gain > most)
            {
                (best, most) = (middle, gain);
            }
        }

        return (best, most);
    }

    // The squared error that the mean of these rows explains, up to a constant.
    private double Fit(int from, int to)
    {
        double sum = 0, weight = values.WeightOf(from, to);
        for (int k = 0; k < values.TargetWidth; k++)
        {
            double target = values.TargetOf(from, to, k);
            sum += target * target;
        }

        return sum / weight;
    }

    // Between neighbouring float32 numbers there is none: the upper one is the cut, so that the lower one stays below it.
    private static float Between(float lower, float upper)
    {
        float middle = lower / 2 + upper / 2;
        return middle > lower ? middle : upper;
    }

    private static IEnumerable<int> Running(int[] counts)
    {
        int sum = 0;
        foreach (int count in counts)
        {
            yield return sum += count;
        }
    }
}
