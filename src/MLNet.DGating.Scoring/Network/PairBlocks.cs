using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Finds the functions of two features in the weights of a network of one hidden layer (docs/theory.md §32).</summary>
/// <remarks>
/// They are blocks of neurons, each of which reads one or two features; the last of a block reads nothing, and is 1. A network that was
/// trained as a whole has no such neuron.
/// </remarks>
internal sealed class PairBlocks
{
    private PairBlocks(CollapsedNetwork network, PairBlock[] all) => (Network, All) = (network, all);

    public CollapsedNetwork Network { get; }

    /// <summary>The blocks, in the order of their neurons.</summary>
    public IReadOnlyList<PairBlock> All { get; }

    /// <summary>Gives the pairs of a network; null where it is none of curves and pairs.</summary>
    /// <param name="network">The network.</param>
    /// <param name="features">The slots of each feature.</param>
    public static PairBlocks? Of(CollapsedNetwork network, int[][] features)
    {
        if (network is not { Hidden: [DenseLayer hidden], Activation: DGatingActivation.Relu, Skip: not null }
            || FeaturesOfNeurons(network, hidden, features) is not { } read)
        {
            return null;
        }

        var blocks = new List<PairBlock>();
        var pair = new SortedSet<int>();
        int start = 0;
        for (int neuron = 0; neuron < read.Length; neuron++)
        {
            pair.UnionWith(read[neuron]);
            if (read[neuron].Count > 0)
            {
                continue;
            }

            if (pair.Count != 2 || hidden.Bias[neuron] != 1)
            {
                return null;
            }

            int count = neuron + 1 - start;
            blocks.Add(new PairBlock(
                pair.Min, pair.Max, Places(network, features[pair.Min]), Places(network, features[pair.Max]), start, count,
                Strength(network, read, start, count)));
            pair.Clear();
            start = neuron + 1;
        }

        return blocks.Count > 0 && start == read.Length ? new PairBlocks(network, [.. blocks]) : null;
    }

    /// <summary>Gives what a pair adds to an output.</summary>
    /// <param name="block">The pair.</param>
    /// <param name="values">The values of the hidden neurons before the activation.</param>
    /// <param name="output">The output.</param>
    public double Value(PairBlock block, ReadOnlySpan<double> values, int output)
    {
        double sum = 0;
        for (int neuron = block.Start; neuron < block.Start + block.Count; neuron++)
        {
            double value = values[neuron];
            // A missing value that is not encoded stays NaN.
            sum += value < 0 ? 0 : value * Network.Output.Weights[neuron * Network.OutputCount + output];
        }

        return sum;
    }

    // The features that each neuron reads; null where one reads more than two.
    private static HashSet<int>[]? FeaturesOfNeurons(CollapsedNetwork network, DenseLayer hidden, int[][] features)
    {
        var featureOf = features.SelectMany((slots, feature) => slots.Select(slot => (slot, feature)))
            .ToDictionary(one => one.slot, one => one.feature);
        int[] slots = network.Inputs.Slots.ToArray();
        int[] ofInputs = [.. slots, .. network.Inputs.Indicated.ToArray().Select(place => slots[place])];
        HashSet<int>[] read = [.. Enumerable.Range(0, hidden.Outputs).Select(_ => new HashSet<int>())];
        InputEncoding encoding = network.Inputs.Encoding;
        for (int input = 0; input < encoding.Inputs; input++)
        {
            int feature = featureOf[ofInputs[input]];
            for (int column = encoding.FirstColumn(input); column < encoding.FirstColumn(input + 1); column++)
            {
                ReadOnlySpan<float> weights = hidden.Weights.AsSpan(column * hidden.Outputs, hidden.Outputs);
                for (int neuron = 0; neuron < weights.Length; neuron++)
                {
                    if (weights[neuron] != 0 && read[neuron].Add(feature) && read[neuron].Count > 2)
                    {
                        return null;
                    }
                }
            }
        }

        return read;
    }

    private static int[] Places(CollapsedNetwork network, int[] slots)
    {
        int[] read = network.Inputs.Slots.ToArray();
        return [.. slots.Select(slot => Array.BinarySearch(read, slot)).Where(place => place >= 0)];
    }

    private static float Strength(CollapsedNetwork network, HashSet<int>[] read, int start, int count)
    {
        double squares = 0;
        for (int neuron = start; neuron < start + count; neuron++)
        {
            for (int output = 0; output < network.OutputCount && read[neuron].Count == 2; output++)
            {
                double weight = network.Output.Weights[neuron * network.OutputCount + output];
                squares += weight * weight;
            }
        }

        return (float)Math.Sqrt(squares);
    }
}
