using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Network;

/// <summary>Reads and removes the neurons of a network with one hidden layer (docs/theory.md §34).</summary>
/// <param name="shape">The layers.</param>
/// <param name="state">The parameters; all gates are 1.</param>
/// <param name="skipFactors">The factors of the columns for the skip connection; empty where all are 1.</param>
internal sealed class NeuronLayer(NetworkShape shape, NetworkState state, float[] skipFactors)
{
    /// <summary>The number of neurons.</summary>
    public int Count => shape.ActivatedWidth;

    /// <summary>The number of values that <see cref="Compute"/> gives: one a neuron, and one a score with a skip connection.</summary>
    public int Width => shape.GatedWidth;

    /// <summary>Computes the outputs of the neurons, and the scores of the skip connection behind them.</summary>
    /// <param name="columns">The encoded columns that the network reads.</param>
    /// <param name="values">The values [<see cref="Width"/>].</param>
    public void Compute(ReadOnlySpan<float> columns, Span<float> values)
    {
        state.GatedBias.CopyTo(values);
        Span<float> hidden = values[..Count], skip = values[Count..Width];
        for (int column = 0; column < columns.Length; column++)
        {
            float value = columns[column], factor = skipFactors.Length > 0 ? skipFactors[column] : 1;
            ReadOnlySpan<float> weights = state.Primary.AsSpan(column * Width, Width);
            TensorPrimitives.MultiplyAdd(weights[..Count], value, hidden, hidden);
            TensorPrimitives.MultiplyAdd(weights[Count..], value * factor, skip, skip);
        }

        if (shape.Activation == DGatingActivation.Tanh)
        {
            TensorPrimitives.Tanh(hidden, hidden);
        }
        else
        {
            TensorPrimitives.Max(hidden, 0f, hidden);
        }
    }

    /// <summary>Gives the network without the other neurons, each of which is replaced by its mean.</summary>
    /// <param name="kept">The neurons to keep, ascending, at least one.</param>
    /// <param name="means">The mean output of each neuron.</param>
    public NetworkState Keep(int[] kept, double[] means)
    {
        int outputs = shape.Outputs;
        int[] places = [.. kept, .. Enumerable.Range(Count, Width - Count)];
        DenseLayer old = state.Dense[0];
        float[] bias = [.. old.Bias], weights = new float[kept.Length * outputs];
        for (int i = 0; i < kept.Length; i++)
        {
            old.Weights.AsSpan(kept[i] * outputs, outputs).CopyTo(weights.AsSpan(i * outputs));
        }

        foreach (int neuron in Enumerable.Range(0, Count).Except(kept))
        {
            TensorPrimitives.MultiplyAdd(old.Weights.AsSpan(neuron * outputs, outputs), (float)means[neuron], bias, bias);
        }

        return state with
        {
            Primary = [.. Enumerable.Range(0, state.Primary.Length / Width).SelectMany(column =>
                Array.ConvertAll(places, place => state.Primary[column * Width + place]))],
            GatedBias = Array.ConvertAll(places, place => state.GatedBias[place]),
            Dense = [new DenseLayer(kept.Length, outputs, weights, bias)],
        };
    }
}
