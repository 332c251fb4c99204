using MLNet.DGating.Model;
using MLNet.DGating.Torch.Objective;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Network;

/// <summary>Creates and expands the parameters of networks whose first layer is block-diagonal (docs/theory.md §20).</summary>
internal static class EmbeddedState
{
    /// <summary>Draws the initial parameters: normal weights that keep the variance of values through ReLU layers.</summary>
    /// <param name="shape">The layers; the first hidden one has K neurons for each group.</param>
    /// <param name="groups">The groups, whose columns have the variance 1 together.</param>
    /// <param name="outputBias">The bias of the last layer [outputs].</param>
    /// <param name="random">Seeds the weights.</param>
    public static NetworkState Initial(NetworkShape shape, GroupLayout groups, ReadOnlySpan<float> outputBias, RandomStream random)
    {
        var noise = new NormalNoise(random);
        float[] blocks = Draw(groups.Columns * (shape.Hidden[0] / groups.Count), 1);
        var dense = new List<DenseLayer>();
        foreach ((int inputs, int outputs) in shape.DenseLayers())
        {
            bool isLast = dense.Count + 1 == shape.Hidden.Count;
            double deviation = isLast ? shape.ScoreUnit * Math.Sqrt(1.0 / inputs) : Math.Sqrt(2.0 / inputs);
            dense.Add(new DenseLayer(inputs, outputs, Draw(inputs * outputs, deviation), new float[outputs]));
        }

        outputBias.CopyTo(dense[^1].Bias);
        return new NetworkState(blocks, groups.OpenGates(), new float[shape.Hidden[0]], [.. dense]);

        float[] Draw(int count, double deviation)
        {
            float[] values = new float[count];
            noise.AddTo(values, (float)deviation);
            return values;
        }
    }

    /// <summary>Gives the same network with a full first layer, whose weights outside the blocks are zero.</summary>
    /// <param name="state">The parameters, with the blocks [columns, K].</param>
    /// <param name="groups">The groups of the columns.</param>
    public static NetworkState Expand(NetworkState state, GroupLayout groups)
    {
        int width = state.GatedBias.Length, block = width / groups.Count;
        float[] weights = new float[groups.Columns * width];
        for (int group = 0; group < groups.Count; group++)
        {
            for (int column = groups.Starts[group]; column < groups.Starts[group + 1]; column++)
            {
                state.Primary.AsSpan(column * block, block).CopyTo(weights.AsSpan(column * width + group * block));
            }
        }

        return state with { Primary = weights, Gates = groups.OpenGates() };
    }

    /// <summary>Gives the same network with the blocks of its first layer alone; it undoes <see cref="Expand"/>.</summary>
    /// <param name="state">The parameters, with the full first layer [columns, K · groups].</param>
    /// <param name="groups">The groups of the columns.</param>
    public static NetworkState Compress(NetworkState state, GroupLayout groups)
    {
        int width = state.GatedBias.Length, block = width / groups.Count;
        float[] blocks = new float[groups.Columns * block];
        for (int group = 0; group < groups.Count; group++)
        {
            for (int column = groups.Starts[group]; column < groups.Starts[group + 1]; column++)
            {
                state.Primary.AsSpan(column * width + group * block, block).CopyTo(blocks.AsSpan(column * block));
            }
        }

        return state with { Primary = blocks, Gates = [] };
    }
}
