using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Network;

/// <summary>Holds the parameters of a network on the host, for snapshots and for the start of a refit.</summary>
/// <param name="Primary">The primary weights ω [columns, gated width], row by row.</param>
/// <param name="Gates">The gates γ [groups], one scalar for all D − 1 equal gates of a group (docs/theory.md §4).</param>
/// <param name="GatedBias">The bias of the gated layer [gated width].</param>
/// <param name="Dense">The layers above the gated layer.</param>
internal sealed record NetworkState(float[] Primary, float[] Gates, float[] GatedBias, DenseLayer[] Dense)
{
    /// <summary>A state without any parameters.</summary>
    public static NetworkState None { get; } = new([], [], [], []);

    /// <summary>Draws the initial parameters: γ = 1, and the weights of every layer uniform within ±1/√inputs.</summary>
    /// <remarks>
    /// The additive part of piecewise-linear numbers begins at 0: the hundred random weights of a number would be a random curve of its
    /// own, whose gate closes wherever that curve contradicts the label, before the curve is unlearned (docs/theory.md §4).
    /// </remarks>
    /// <param name="shape">The layers of the network.</param>
    /// <param name="groups">The groups of its columns.</param>
    /// <param name="outputBias">The bias of the last layer [outputs].</param>
    /// <param name="random">Draws the weights.</param>
    public static NetworkState Initial(NetworkShape shape, GroupLayout groups, ReadOnlySpan<float> outputBias, RandomStream random)
    {
        int columns = groups.Columns;
        float[] primary = new float[(long)columns * shape.GatedWidth];
        // The columns of a group of a piecewise-linear encoding have the variance of a single one. Curves begin nearly flat, since what is
        // drawn for narrow intervals would hardly be unlearned.
        bool hasUnitGroups = groups.SkipFactors.Length > 0 && shape.HasHidden;
        random.FillUniform(primary, 1 / Math.Sqrt(Math.Max(1, hasUnitGroups ? groups.Count : columns)));
        for (int skip = shape.ActivatedWidth; hasUnitGroups && skip < primary.Length; skip += shape.GatedWidth)
        {
            primary.AsSpan(skip, shape.GatedWidth - shape.ActivatedWidth).Clear();
        }

        var dense = new List<DenseLayer>();
        foreach ((int inputs, int outputs) in shape.DenseLayers())
        {
            float[] weights = new float[inputs * outputs];
            double unit = dense.Count + 1 == shape.Hidden.Count ? shape.ScoreUnit : 1;
            random.FillUniform(weights, unit / Math.Sqrt(inputs));
            dense.Add(new DenseLayer(inputs, outputs, weights, new float[outputs]));
        }

        float[] gatedBias = new float[shape.GatedWidth];
        outputBias.CopyTo(dense.Count > 0 ? dense[^1].Bias : gatedBias);
        return new NetworkState(primary, groups.OpenGates(), gatedBias, [.. dense]);
    }

    /// <summary>Creates a state from its gated parameters, and its ungated ones in one sequence.</summary>
    /// <param name="shape">The layers of the network.</param>
    /// <param name="primary">ω [columns, gated width].</param>
    /// <param name="gates">γ [groups].</param>
    /// <param name="ungated">All blocks in the order of <see cref="NetworkShape.UngatedBlocks"/>; more numbers may follow.</param>
    public static NetworkState FromUngated(NetworkShape shape, float[] primary, float[] gates, ReadOnlySpan<float> ungated)
    {
        var blocks = new List<float[]>();
        foreach (ParameterBlock block in shape.UngatedBlocks())
        {
            blocks.Add(ungated[..block.Size].ToArray());
            ungated = ungated[block.Size..];
        }

        IEnumerable<DenseLayer> dense = shape.DenseLayers()
            .Select((layer, i) => new DenseLayer(layer.Inputs, layer.Outputs, blocks[1 + 2 * i], blocks[2 + 2 * i]));
        return new NetworkState(primary, gates, blocks[0], [.. dense]);
    }

    /// <summary>Gives the ungated parameters in the order of <see cref="NetworkShape.UngatedBlocks"/>.</summary>
    public IEnumerable<float[]> Ungated() => Dense.SelectMany(layer => new[] { layer.Weights, layer.Bias }).Prepend(GatedBias);

    /// <summary>Folds the gates into the weights: ω becomes w_j = ω_j γ_j^(D−1) and γ = 1, for the same function without gates.</summary>
    public NetworkState Fold(GroupLayout groups, double gateDepth)
    {
        float[] folded = (float[])Primary.Clone();
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

    /// <summary>Begins the gates of groups of many columns below 1, so that w_j is smaller by the fourth root of their number.</summary>
    /// <remarks>The many random weights of an encoded number would otherwise close its gate before anything is learned.</remarks>
    public NetworkState NarrowGates(GroupLayout groups, double gateDepth)
    {
        float[] gates = (float[])Gates.Clone();
        for (int j = 0; j < gates.Length; j++)
        {
            gates[j] *= (float)Math.Pow(groups.Size(j), -0.25 / (gateDepth - 1));
        }

        return this with { Gates = gates };
    }

    /// <summary>Divides the weights of each group evenly between ω and gates: γ_j = ‖ω_j‖ = ‖w_j‖^(1/D), for the same function.</summary>
    /// <remarks>
    /// Gates of 1 beside the large weights of a finished network would close before anything is learned (docs/theory.md §4). Groups without
    /// weights keep their gates.
    /// </remarks>
    public NetworkState Balance(GroupLayout groups, double gateDepth)
    {
        NetworkState folded = Fold(groups, gateDepth);
        int width = GatedBias.Length;
        for (int j = 0; j < groups.Count; j++)
        {
            Span<float> weights = folded.Primary.AsSpan(groups.Starts[j] * width, groups.Size(j) * width);
            double norm = TensorPrimitives.Norm<float>(weights);
            if (norm > 0)
            {
                float gate = (float)Math.Pow(norm, 1 / gateDepth);
                TensorPrimitives.Divide(weights, (float)Math.Pow(gate, gateDepth - 1), weights);
                folded.Gates[j] = gate;
            }
        }

        return folded;
    }

    /// <summary>Gives the mean of these parameters and those of another state of the same network.</summary>
    public NetworkState MeanWith(NetworkState other) => Toward(other, 0.5f);

    /// <summary>Gives the parameters on the straight line to another state of the same network.</summary>
    /// <param name="other">The other state.</param>
    /// <param name="share">The share of the way that is gone, from 0 to 1.</param>
    public NetworkState Toward(NetworkState other, float share)
    {
        return new NetworkState(
            Between(Primary, other.Primary), Between(Gates, other.Gates), Between(GatedBias, other.GatedBias),
            [
                .. Dense.Zip(other.Dense, (one, two) =>
                    one with { Weights = Between(one.Weights, two.Weights), Bias = Between(one.Bias, two.Bias) }),
            ]);

        float[] Between(float[] from, float[] to)
        {
            float[] between = new float[from.Length];
            TensorPrimitives.Lerp(from, to, share, between);
            return between;
        }
    }

    /// <summary>Scales the scores about others: s becomes s0 + β (s − s0).</summary>
    /// <remarks>The factor is folded into the layers next to the scores.</remarks>
    /// <param name="shape">The layers of the network.</param>
    /// <param name="center">s0 [outputs].</param>
    /// <param name="factor">β.</param>
    public NetworkState ScaleScores(NetworkShape shape, ReadOnlySpan<float> center, double factor)
    {
        float[] bias = shape.HasHidden ? Dense[^1].Bias : GatedBias, scaled = new float[center.Length];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = (float)(center[i] + factor * (bias[i] - center[i]));
        }

        if (!shape.HasHidden)
        {
            return this with { Primary = Scaled(Primary, factor), GatedBias = scaled };
        }

        DenseLayer last = Dense[^1] with { Weights = Scaled(Dense[^1].Weights, factor), Bias = scaled };
        float[] primary = (float[])Primary.Clone(), gatedBias = (float[])GatedBias.Clone();
        for (int i = shape.ActivatedWidth; shape.HasSkip && i < primary.Length; i += shape.GatedWidth)
        {
            Span<float> skip = primary.AsSpan(i, shape.Outputs);
            TensorPrimitives.Multiply(skip, (float)factor, skip);
        }

        Span<float> skipBias = gatedBias.AsSpan(shape.ActivatedWidth);
        TensorPrimitives.Multiply(skipBias, (float)factor, skipBias);
        return new NetworkState(primary, Gates, gatedBias, [.. Dense[..^1], last]);
    }

    /// <summary>Expands a folded state of some groups to all groups; the weights of the others are zero.</summary>
    /// <param name="all">The layout of all groups.</param>
    /// <param name="groups">The groups of this state, numbered among all.</param>
    public NetworkState Spread(GroupLayout all, ReadOnlySpan<int> groups)
    {
        int width = GatedBias.Length;
        int[] columns = all.ColumnsOf(groups);
        float[] primary = new float[all.Columns * width];
        for (int i = 0; i < columns.Length; i++)
        {
            Primary.AsSpan(i * width, width).CopyTo(primary.AsSpan(columns[i] * width));
        }

        return this with { Primary = primary, Gates = all.OpenGates() };
    }

    /// <summary>Gives the state with some of its groups alone.</summary>
    /// <param name="groups">The layout of the groups of this state.</param>
    /// <param name="kept">The groups to keep, in the order of the result.</param>
    public NetworkState Select(GroupLayout groups, ReadOnlySpan<int> kept)
    {
        int width = GatedBias.Length;
        int[] columns = groups.ColumnsOf(kept);
        float[] primary = new float[columns.Length * width];
        for (int i = 0; i < columns.Length; i++)
        {
            Primary.AsSpan(columns[i] * width, width).CopyTo(primary.AsSpan(i * width));
        }

        float[] gates = new float[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            gates[i] = Gates[kept[i]];
        }

        return this with { Primary = primary, Gates = gates };
    }

    private static float[] Scaled(float[] values, double factor) => Array.ConvertAll(values, value => (float)(factor * value));
}
