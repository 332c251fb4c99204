namespace MLNet.DGating.Torch;

/// <summary>
/// Which design-matrix columns form which group. Columns stand group by group, so that a group's weights are one
/// contiguous block of the first layer: group j owns columns Starts[j] … Starts[j+1] − 1.
/// </summary>
internal sealed class GroupLayout
{
    private GroupLayout(int[] starts, float[] weights)
    {
        Starts = starts;
        Weights = weights;
    }

    public int[] Starts { get; }

    /// <summary>s_j = √(columns in group j): makes groups of different sizes comparable (dgating.md §1).</summary>
    public float[] Weights { get; }

    public int Count => Weights.Length;

    public int Columns => Starts[^1];

    public int Size(int group) => Starts[group + 1] - Starts[group];

    public static GroupLayout FromSizes(ReadOnlySpan<int> sizes)
    {
        var starts = new int[sizes.Length + 1];
        var weights = new float[sizes.Length];
        for (int j = 0; j < sizes.Length; j++)
        {
            starts[j + 1] = starts[j] + sizes[j];
            weights[j] = MathF.Sqrt(sizes[j]);
        }

        return new GroupLayout(starts, weights);
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
        for (int i = 0; i < groups.Length; i++)
        {
            starts[i + 1] = starts[i] + Size(groups[i]);
            weights[i] = Weights[groups[i]];
        }

        return new GroupLayout(starts, weights);
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
