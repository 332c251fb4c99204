using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Network;

/// <summary>Joins networks of one shape into a wider one, whose scores are the mean of theirs (docs/theory.md §24).</summary>
/// <remarks>The hidden layers stand side by side: weights between the neurons of different members are zero.</remarks>
internal static class JoinedNetwork
{
    /// <summary>Gives the shape of the joined network.</summary>
    /// <param name="member">The shape of each member.</param>
    /// <param name="members">The number M of members, at least 1.</param>
    public static NetworkShape ShapeOf(NetworkShape member, int members) =>
        member with { Hidden = [.. member.Hidden.Select(neurons => neurons * members)] };

    /// <summary>Gives the parameters of the joined network.</summary>
    /// <param name="shape">The shape of each member.</param>
    /// <param name="members">The folded parameters of the members, on the same columns.</param>
    /// <param name="blocks">The parts of the first hidden layer that stay together: one for each group with an embedding, else 1.</param>
    public static NetworkState Of(NetworkShape shape, IReadOnlyList<NetworkState> members, int blocks = 1)
    {
        int hidden = shape.ActivatedWidth, block = Math.Max(1, hidden / blocks), wide = hidden * members.Count;
        float share = 1f / members.Count;
        int width = shape.GatedWidth, joinedWidth = width - hidden + wide, columns = members[0].Primary.Length / width;
        float[] primary = new float[columns * joinedWidth], bias = new float[joinedWidth];
        for (int member = 0; member < members.Count; member++)
        {
            for (int column = 0; column < columns; column++)
            {
                Add(member, members[member].Primary.AsSpan(column * width, width), primary.AsSpan(column * joinedWidth, joinedWidth));
            }

            Add(member, members[member].GatedBias, bias);
        }

        DenseLayer[] dense =
        [
            .. Enumerable.Range(0, members[0].Dense.Length).Select(layer => Joined(
                [.. members.Select(member => member.Dense[layer])],
                layer == 0 ? (member, neuron) => Place(member, neuron) : null,
                isLast: layer + 1 == members[0].Dense.Length)),
        ];
        return new NetworkState(primary, members[0].Gates, bias, dense);

        int Place(int member, int neuron) => (neuron / block * members.Count + member) * block + neuron % block;

        // Hidden neurons are placed; what goes straight to the scores is averaged.
        void Add(int member, ReadOnlySpan<float> from, Span<float> to)
        {
            for (int neuron = 0; neuron < hidden; neuron += block)
            {
                from.Slice(neuron, block).CopyTo(to[Place(member, neuron)..]);
            }

            for (int i = hidden; i < from.Length; i++)
            {
                to[wide + i - hidden] += share * from[i];
            }
        }
    }

    private static DenseLayer Joined(DenseLayer[] layers, Func<int, int, int>? place, bool isLast)
    {
        (int inputs, int outputs) = (layers[0].Inputs, layers[0].Outputs);
        int width = isLast ? outputs : outputs * layers.Length;
        float share = isLast ? 1f / layers.Length : 1;
        float[] weights = new float[inputs * layers.Length * width], bias = new float[width];
        for (int member = 0; member < layers.Length; member++)
        {
            int first = isLast ? 0 : member * outputs;
            for (int input = 0; input < inputs; input++)
            {
                int row = place?.Invoke(member, input) ?? member * inputs + input;
                TensorPrimitives.Multiply(
                    layers[member].Weights.AsSpan(input * outputs, outputs), share, weights.AsSpan(row * width + first, outputs));
            }

            Span<float> to = bias.AsSpan(first, outputs);
            TensorPrimitives.MultiplyAdd(layers[member].Bias, share, to, to);
        }

        return new DenseLayer(inputs * layers.Length, width, weights, bias);
    }
}
