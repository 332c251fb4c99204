using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Objective;

/// <summary>Assigns inputs, and the columns that encode them, to groups.</summary>
/// <remarks>
/// Inputs are ordered by group, and the columns of an input are adjacent. So a group's weights are one contiguous block of the gated layer:
/// group j has the columns Starts[j] … Starts[j + 1] − 1. Where every input has one column, inputs and columns are the same.
/// </remarks>
internal sealed class GroupLayout
{
    // The number of slots of each group: of its inputs but those that indicate missing values.
    private readonly int[] _slots;

    private GroupLayout(int[] inputStarts, int[] starts, int[] slots, float[] weights, double[] costs, float[]? skipFactors = null)
    {
        _slots = slots;
        SkipFactors = skipFactors ?? [];
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

    /// <summary>The penalty weight s_j of each group; 0 for a group that always stays.</summary>
    /// <remarks>
    /// s_j is √(slots of the group), which makes groups of different sizes comparable (docs/theory.md §1), times the user's weight and the
    /// group's relative cost. What indicates missing values of a slot is no further slot (§28).
    /// </remarks>
    public float[] Weights { get; }

    /// <summary>The cost of each group, above 0.</summary>
    public double[] Costs { get; }

    /// <summary>The factors of the columns for the skip connection [columns]; empty where all are 1 (docs/theory.md §19).</summary>
    public float[] SkipFactors { get; }

    /// <summary>The number of groups that always stay.</summary>
    public int KeptCount { get; }

    public int Count => Weights.Length;

    public int Inputs => InputStarts[^1];

    public int Columns => Starts[^1];

    /// <summary>Gives the number of inputs of a group.</summary>
    public int InputCount(int group) => InputStarts[group + 1] - InputStarts[group];

    /// <summary>Gives the number of columns of a group.</summary>
    public int Size(int group) => Starts[group + 1] - Starts[group];

    /// <summary>Tells whether a group always stays.</summary>
    /// <remarks>Its gate stays open, and its weights have plain decay instead of the gate penalty (docs/theory.md §1).</remarks>
    public bool IsKept(int group) => Weights[group] == 0;

    /// <summary>Creates groups of given numbers of inputs, all with weight 1 and cost 1.</summary>
    public static GroupLayout FromSizes(ReadOnlySpan<int> sizes)
    {
        var terms = new GroupTerms[sizes.Length];
        Array.Fill(terms, GroupTerms.Ordinary);
        return Create(sizes, terms);
    }

    /// <summary>Creates groups with the user's terms.</summary>
    /// <remarks>
    /// s_j is √slots · weight · cost, divided by the mean cost of the groups that may leave. So λ keeps its scale, and expensive groups
    /// leave sooner.
    /// </remarks>
    /// <param name="sizes">The number of inputs of each group, at least 1.</param>
    /// <param name="terms">The terms of each group.</param>
    /// <param name="slots">The number of slots of each group; null where each input is one.</param>
    public static GroupLayout Create(ReadOnlySpan<int> sizes, GroupTerms[] terms, int[]? slots = null)
    {
        slots ??= sizes.ToArray();
        double meanCost = terms.Where(term => !term.IsKept).Select(term => term.Cost).DefaultIfEmpty(1).Average();
        int[] starts = new int[sizes.Length + 1];
        float[] weights = new float[sizes.Length];
        for (int j = 0; j < sizes.Length; j++)
        {
            starts[j + 1] = starts[j] + sizes[j];
            weights[j] = terms[j].IsKept ? 0 : (float)(Math.Sqrt(slots[j]) * terms[j].Weight * (terms[j].Cost / meanCost));
        }

        return new GroupLayout(starts, starts, slots, weights, Array.ConvertAll(terms, term => term.Cost));
    }

    /// <summary>Creates one group for each input.</summary>
    public static GroupLayout PerColumn(int columns)
    {
        int[] sizes = new int[columns];
        Array.Fill(sizes, 1);
        return FromSizes(sizes);
    }

    /// <summary>Gives the same groups over the columns of an encoding of their inputs.</summary>
    /// <remarks>
    /// A group of a piecewise-linear encoding has the variance 1, however many slots it has, so that √slots is not part of its s_j.
    /// </remarks>
    public GroupLayout Encoded(InputEncoding encoding)
    {
        if (!encoding.IsPiecewise)
        {
            return encoding.IsOneToOne ? this : new GroupLayout(InputStarts, StartsIn(encoding), _slots, Weights, Costs);
        }

        float[] weights = [.. Weights.Select((weight, group) => (float)(weight / Math.Sqrt(_slots[group])))];
        return new GroupLayout(InputStarts, StartsIn(encoding), _slots, weights, Costs, encoding.SkipFactors);
    }

    /// <summary>Gives the layout of these groups alone, in this order.</summary>
    public GroupLayout Select(ReadOnlySpan<int> groups)
    {
        int[] inputStarts = new int[groups.Length + 1], starts = new int[groups.Length + 1];
        float[] weights = new float[groups.Length];
        double[] costs = new double[groups.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            int group = groups[i];
            inputStarts[i + 1] = inputStarts[i] + InputCount(group);
            starts[i + 1] = starts[i] + Size(group);
            weights[i] = Weights[group];
            costs[i] = Costs[group];
        }

        float[] skipFactors = SkipFactors.Length > 0 ? Array.ConvertAll(ColumnsOf(groups), column => SkipFactors[column]) : [];
        int[] slots = Array.ConvertAll(groups.ToArray(), group => _slots[group]);
        return new GroupLayout(inputStarts, starts, slots, weights, costs, skipFactors);
    }

    /// <summary>Creates gates γ = 1 for all groups.</summary>
    public float[] OpenGates()
    {
        float[] gates = new float[Count];
        Array.Fill(gates, 1f);
        return gates;
    }

    /// <summary>Gives the number of the first column of each group.</summary>
    /// <param name="ofColumns">One number a column; more may follow.</param>
    public float[] FirstOfEach(ReadOnlySpan<float> ofColumns)
    {
        float[] ofGroups = new float[Count];
        for (int j = 0; j < ofGroups.Length; j++)
        {
            ofGroups[j] = ofColumns[Starts[j]];
        }

        return ofGroups;
    }

    /// <summary>Gives a group's part of a matrix [columns, width], which other numbers may follow.</summary>
    public Span<double> Block(double[] matrix, int width, int group) => matrix.AsSpan(Starts[group] * width, Size(group) * width);

    /// <summary>Gives the columns of these groups, in this order.</summary>
    public int[] ColumnsOf(ReadOnlySpan<int> groups) => IndicesOf(Starts, groups);

    /// <summary>Gives the inputs of these groups, in this order.</summary>
    public int[] InputsOf(ReadOnlySpan<int> groups) => IndicesOf(InputStarts, groups);

    private int[] StartsIn(InputEncoding encoding) => [.. InputStarts.Select(encoding.FirstColumn)];

    private static int[] IndicesOf(int[] starts, ReadOnlySpan<int> groups)
    {
        var indices = new List<int>();
        foreach (int group in groups)
        {
            indices.AddRange(Enumerable.Range(starts[group], starts[group + 1] - starts[group]));
        }

        return [.. indices];
    }
}
