using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Objective;

/// <summary>Says which inputs form which group, and which rows of the gated weights are theirs.</summary>
/// <remarks>
/// Inputs stand group by group, and the columns of an input together, so that a group's weights are one contiguous block of the first
/// layer: group j owns columns Starts[j] … Starts[j + 1] − 1. Without an encoding that widens them, inputs and columns are the same.
/// </remarks>
internal sealed class GroupLayout
{
    private GroupLayout(int[] inputStarts, int[] starts, float[] weights, double[] costs)
    {
        InputStarts = inputStarts;
        Starts = starts;
        Weights = weights;
        Costs = costs;
        KeptCount = weights.Count(weight => weight == 0);
    }

    /// <summary>The first input of each group, and behind them the number of inputs [groups + 1].</summary>
    public int[] InputStarts { get; }

    /// <summary>The first column of each group, and behind them the number of columns [groups + 1].</summary>
    public int[] Starts { get; }

    /// <summary>
    /// s_j = √(inputs of group j), which makes groups of different sizes comparable (docs/theory.md §1), times the user's factor.
    /// </summary>
    /// <value>0 for a group that always stays.</value>
    public float[] Weights { get; }

    /// <summary>What having each group costs.</summary>
    public double[] Costs { get; }

    /// <summary>Groups that always stay.</summary>
    public int KeptCount { get; }

    public int Count => Weights.Length;

    public int Inputs => InputStarts[^1];

    public int Columns => Starts[^1];

    /// <summary>Columns of a group.</summary>
    public int Size(int group) => Starts[group + 1] - Starts[group];

    /// <summary>
    /// Whether a group always stays: plain decay instead of the gate penalty (docs/theory.md §7), and its gate stays open.
    /// </summary>
    public bool IsKept(int group) => Weights[group] == 0;

    /// <summary>Groups of so many inputs each, without weights or costs of their own.</summary>
    public static GroupLayout FromSizes(ReadOnlySpan<int> sizes)
    {
        var terms = new GroupTerms[sizes.Length];
        Array.Fill(terms, GroupTerms.Ordinary);
        return Create(sizes, terms);
    }

    /// <summary>Groups with the user's terms: s_j = √size · weight · cost over the mean cost of the groups that may leave.</summary>
    /// <remarks>So λ keeps its scale, and the dearer groups leave sooner.</remarks>
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

        return new GroupLayout(starts, starts, weights, Array.ConvertAll(terms, term => term.Cost));
    }

    /// <summary>One group an input.</summary>
    public static GroupLayout PerColumn(int columns)
    {
        var sizes = new int[columns];
        Array.Fill(sizes, 1);
        return FromSizes(sizes);
    }

    /// <summary>The same groups over the columns that an encoding of their inputs has.</summary>
    public GroupLayout Encoded(InputEncoding encoding) => encoding.IsOneToOne
        ? this
        : new GroupLayout(InputStarts, [.. InputStarts.Select(encoding.FirstColumn)], Weights, Costs);

    /// <summary>The layout of these groups alone, in this order.</summary>
    public GroupLayout Select(ReadOnlySpan<int> groups)
    {
        int[] inputStarts = new int[groups.Length + 1], starts = new int[groups.Length + 1];
        var weights = new float[groups.Length];
        var costs = new double[groups.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            int group = groups[i];
            inputStarts[i + 1] = inputStarts[i] + InputStarts[group + 1] - InputStarts[group];
            starts[i + 1] = starts[i] + Size(group);
            weights[i] = Weights[group];
            costs[i] = Costs[group];
        }

        return new GroupLayout(inputStarts, starts, weights, costs);
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
    public int[] ColumnsOf(ReadOnlySpan<int> groups) => Members(Starts, groups);

    /// <summary>The inputs of these groups, in this order.</summary>
    public int[] InputsOf(ReadOnlySpan<int> groups) => Members(InputStarts, groups);

    private static int[] Members(int[] starts, ReadOnlySpan<int> groups)
    {
        var members = new List<int>();
        foreach (int group in groups)
        {
            members.AddRange(Enumerable.Range(starts[group], starts[group + 1] - starts[group]));
        }

        return [.. members];
    }
}
