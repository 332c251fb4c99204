using MLNet.DGating.Model;

namespace MLNet.DGating.Trees.Forest;

/// <summary>Holds what a linear model of the trees' outputs says: score = bias + Σ weight · output (docs/theory.md §33).</summary>
/// <param name="Trees">The numbers of the trees with a weight, ascending.</param>
/// <param name="Weights">The weight of each of these.</param>
/// <param name="Bias">The score where all outputs are 0.</param>
internal sealed record TreeWeights(int[] Trees, double[] Weights, double Bias)
{
    /// <summary>Undoes the standardization of a linear network.</summary>
    public static TreeWeights Of(CollapsedNetwork network)
    {
        InputEncoding encoding = network.Inputs.Encoding;
        float[] layer = network.Output.Weights;
        int[] trees = [.. network.Inputs.Slots];
        double[] weights = new double[trees.Length];
        double bias = network.Output.Bias[0];
        for (int i = 0; i < trees.Length; i++)
        {
            weights[i] = (double)layer[i] * encoding.Scales[i];
            bias -= weights[i] * encoding.Offsets[i];
        }

        return new TreeWeights(trees, weights, bias);
    }
}
