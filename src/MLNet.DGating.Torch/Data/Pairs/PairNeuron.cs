namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>A neuron max(0, step + step − 1) of a pair, and the weights behind it.</summary>
/// <param name="Weights">The weights of the columns that it reads.</param>
/// <param name="Bias">Its bias.</param>
/// <param name="Above">The weights from it to the scores [outputs].</param>
internal sealed record PairNeuron((int Column, float Weight)[] Weights, float Bias, float[] Above)
{
    /// <summary>Creates the neuron of two steps.</summary>
    /// <param name="first">The step of the first feature.</param>
    /// <param name="second">The step of the second feature.</param>
    /// <param name="above">The weights of the unscaled neuron to the scores.</param>
    /// <param name="factor">The factor that is taken from the neuron into the weights behind it, above 0.</param>
    public static PairNeuron Of(LinearStep first, LinearStep second, double[] above, double factor) => new(
        [.. first.Weights.Concat(second.Weights).Select(one => (one.Column, (float)(one.Weight / factor)))],
        (float)((first.Constant + second.Constant - 1) / factor),
        Array.ConvertAll(above, weight => (float)(weight * factor)));

    /// <summary>Creates the neuron that is 1 and reads nothing: the end of the block of a pair.</summary>
    public static PairNeuron One(double[] above) => new([], 1, Array.ConvertAll(above, weight => (float)weight));
}
