using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Network;

/// <summary>The parameters of a network, on the host: what snapshots keep and what a refit starts from.</summary>
/// <param name="Primary">ω [columns, gated width], row by row.</param>
/// <param name="Gates">γ [groups], one scalar for all D − 1 equal gates of a group (docs/theory.md §4).</param>
/// <param name="GatedBias">[gated width].</param>
/// <param name="Dense">The layers above, each weights [inputs, outputs] row by row, and bias [outputs].</param>
internal sealed record NetworkState(float[] Primary, float[] Gates, float[] GatedBias, (float[] Weights, float[] Bias)[] Dense)
{
    public static NetworkState None { get; } = new([], [], [], []);

    /// <summary>γ = 1 and every layer drawn uniformly within ±1/√inputs, as an ordinary layer; output biases as given.</summary>
    public static NetworkState Initial(NetworkShape shape, GroupLayout groups, ReadOnlySpan<float> outputBias, RandomStream random)
    {
        int columns = groups.Columns;
        var primary = new float[(long)columns * shape.GatedWidth];
        random.FillUniform(primary, 1 / Math.Sqrt(Math.Max(1, columns)));
        var dense = new List<(float[] Weights, float[] Bias)>();
        foreach ((int inputs, int outputs) in shape.DenseLayers())
        {
            var weights = new float[inputs * outputs];
            double unit = dense.Count + 1 == shape.Hidden.Count ? shape.ScoreUnit : 1;
            random.FillUniform(weights, unit / Math.Sqrt(inputs));
            dense.Add((weights, new float[outputs]));
        }

        var gatedBias = new float[shape.GatedWidth];
        float[] lastBias = dense.Count > 0 ? dense[^1].Bias : gatedBias;
        outputBias.CopyTo(lastBias);
        return new NetworkState(primary, groups.OpenGates(), gatedBias, [.. dense]);
    }

    public bool IsFinite() =>
        IsFinite(Primary) && IsFinite(Gates) && IsFinite(GatedBias) && Dense.All(layer => IsFinite(layer.Weights) && IsFinite(layer.Bias));

    /// <summary>w_j = ω_j γ_j^(D−1) in place of ω, γ = 1: the same function without gates.</summary>
    public NetworkState Fold(GroupLayout groups, double gateDepth)
    {
        var folded = (float[])Primary.Clone();
        int width = GatedBias.Length;
        for (int j = 0; j < groups.Count; j++)
        {
            float product = (float)Math.Pow(Gates[j], gateDepth - 1);
            foreach (ref float value in folded.AsSpan(groups.Starts[j] * width, groups.Size(j) * width))
            {
                value *= product;
            }
        }

        return this with { Primary = folded, Gates = groups.OpenGates() };
    }

    /// <summary>The folded state of these groups as one of all groups, the others at zero.</summary>
    public NetworkState Spread(GroupLayout all, ReadOnlySpan<int> groups)
    {
        int width = GatedBias.Length;
        int[] columns = all.ColumnsOf(groups);
        var primary = new float[all.Columns * width];
        for (int i = 0; i < columns.Length; i++)
        {
            Primary.AsSpan(i * width, width).CopyTo(primary.AsSpan(columns[i] * width));
        }

        return this with { Primary = primary, Gates = all.OpenGates() };
    }

    /// <summary>The state with only these groups, in this order.</summary>
    public NetworkState Select(GroupLayout groups, ReadOnlySpan<int> kept)
    {
        int width = GatedBias.Length;
        int[] columns = groups.ColumnsOf(kept);
        var primary = new float[columns.Length * width];
        for (int i = 0; i < columns.Length; i++)
        {
            Primary.AsSpan(columns[i] * width, width).CopyTo(primary.AsSpan(i * width));
        }

        var gates = new float[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            gates[i] = Gates[kept[i]];
        }

        return this with { Primary = primary, Gates = gates };
    }

    // IsFiniteAll is false of nothing at all.
    private static bool IsFinite(float[] values) => values.Length == 0 || TensorPrimitives.IsFiniteAll<float>(values);
}
