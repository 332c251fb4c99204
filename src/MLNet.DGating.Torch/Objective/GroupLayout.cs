namespace MLNet.DGating.Torch.Objective;

/// <summary>
/// Which design-matrix columns form which group. Columns stand group by group, so that a group's weights are one
/// contiguous block of the first layer: group j owns columns Starts[j] … Starts[j+1] − 1.
/// </summary>
internal sealed class GroupLayout
{
    private GroupLayout(int[] starts, float[] weights, double[] costs)
    {
        Starts = starts;
        Weights = weights;
        Costs = costs;
        KeptCount = weights.Count(weight => weight == 0);
    }

    public int[] Starts { get; }

    /// <summary>
    /// s_j = √(columns in group j), which makes groups of different sizes comparable (docs/theory.md §1), times what the user gave.
    /// 0 for a group that always stays.
    /// </summary>
    public float[] Weights { get; }

    /// <summary>What having each group costs.</summary>
    public double[] Costs { get; }

    /// <summary>Groups that always stay.</summary>
    public int KeptCount { get; }

    public int Count => Weights.Length;

    public int Columns => Starts[^1];

    public int Size(int group) => Starts[group + 1] - Starts[group];

    /// <summary>A group that always stays has no gate penalty but the plain decay of the layers above (docs/theory.md §7); its gate stays open.</summary>
    public bool IsKept(int group) => Weights[group] == 0;

    public static GroupLayout FromSizes(ReadOnlySpan<int> sizes)
    {
        var terms = new GroupTerms[sizes.Length];
        Array.Fill(terms, GroupTerms.Ordinary);
        return Create(sizes, terms);
    }

    /// <summary>s_j = √size · weight · cost over the mean cost of the groups that may leave: λ keeps its scale, and the dearer leave sooner.</summary>
    public static GroupLayout Create(ReadOnlySpan<int> sizes, GroupTerms[] terms)
    {
        double meanCost = terms.Where(term => !term.IsKept).Select(term => term.Cost).DefaultIfEmpty(1).Average();
        var starts = new int[sizes.Length + 1];
        var weights = new float[sizes.Length];
        for (int j = 0; j < sizes.Length; j++)
        {
            starts[j + 1] = starts[j] + sizes[j];
            weights[j] = terms[j].IsKept ? 0 : (float)(Math.Sqrt(sizes[j]) * terms[j].Weight * (terms[j].Cost / meanCost));
        }

        return new GroupLayout(starts, weights, Array.ConvertAll(terms, term => term.Cost));
    }

    public static GroupLayout PerColumn(int columns)
    {
        var sizes = new int[columns];
        Array.Fill(sizes, 1);
        return FromSizes(sizes);
    }

    /// <summary>The layout of these groups alone, in this order.</summary>
    public GroupLayout Select(ReadOnlySpan<int> groups)
    {
        var starts = new int[groups.Length + 1];
        var weights = new float[groups.Length];
        var costs = new double[groups.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            starts[i + 1] = starts[i] + Size(groups[i]);
            weights[i] = Weights[groups[i]];
            costs[i] = Costs[groups[i]];
        }

        return new GroupLayout(starts, weights, costs);
    }

    /// <summary>γ = 1 for every group.</summary>
    public float[] OpenGates()
    {
        var gates = new float[Count];
        Array.Fill(gates, 1f);
        return gates;
    }

    /// <summary>A group's part of a matrix [columns, width], whatever may follow it.</summary>
    public Span<double> Block(double[] matrix, int width, int group) => matrix.AsSpan(Starts[group] * width, Size(group) * width);

    /// <summary>The columns of these groups, in this order.</summary>
    public int[] ColumnsOf(ReadOnlySpan<int> groups)
    {
        var columns = new List<int>();
        foreach (int group in groups)
        {
            columns.AddRange(Enumerable.Range(Starts[group], Size(group)));
        }

        return [.. columns];
    }
}
