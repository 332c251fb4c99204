using MLNet.DGating.Model;
using MLNet.DGating.Torch.ModelSelection.Fits;

namespace MLNet.DGating;

/// <summary>Measures the selected slots of a network on a piecewise-linear encoding.</summary>
/// <remarks>
/// It is the norm that the gates see: of a slot's weights to the hidden neurons and of its additive part, each at its own scale. Where
/// every feature has an embedding, it is the norm of the slot's embedding times that of the weights behind it, which does not depend on
/// how a factor is divided between the two. Of an additive model with pairs it is that of the curve alone;
/// <see cref="PairImportance"/> adds the pairs.
/// </remarks>
/// <param name="fit">The engine's result.</param>
/// <param name="rows">The rows of the fit.</param>
internal sealed class PiecewiseImportance(FitResult fit, PreparedRows rows)
{
    /// <summary>Gives the norms of the model's inputs.</summary>
    /// <param name="inputs">The inputs of the selected groups, group by group.</param>
    /// <param name="order">The order in which the model has these inputs.</param>
    public float[] OfInputs(int[] inputs, ModelInputs order)
    {
        InputEncoding encoding = fit.Encoding.Select(inputs);
        int width = fit.Shape.GatedWidth;
        float[] norms = new float[inputs.Length];
        float[] behind = Behind(inputs);
        for (int i = 0; i < norms.Length; i++)
        {
            int first = encoding.FirstColumn(i), count = encoding.ColumnCount(i);
            norms[i] = fit.HasPairs
                ? OfCurve(first, count)
                : TensorPrimitives.Norm(fit.State.Primary.AsSpan(first * width, count * width)) * behind[i];
        }

        return [.. order.Places.Select((place, i) => order.IsUnused(i) ? 0 : norms[place])];
    }

    private float OfCurve(int first, int count)
    {
        double squares = 0;
        for (int column = first; column < first + count; column++)
        {
            ReadOnlySpan<float> weights = fit.State.Primary.AsSpan(column * fit.Shape.GatedWidth, fit.Shape.GatedWidth);
            squares += TensorPrimitives.SumOfSquares(weights[fit.Shape.ActivatedWidth..]);
        }

        return (float)Math.Sqrt(squares);
    }

    // The norm of the weights that leave the embedding of each input's group; 1 where there are no embeddings.
    private float[] Behind(int[] inputs)
    {
        float[] norms = new float[inputs.Length];
        Array.Fill(norms, 1);
        int block = fit.EmbeddingWidth, input = 0;
        for (int group = 0; group < fit.Groups.Length && block > 0; group++)
        {
            DenseLayer above = fit.State.Dense[0];
            float norm = TensorPrimitives.Norm(above.Weights.AsSpan(group * block * above.Outputs, block * above.Outputs));
            for (int i = 0; i < rows.Data.Groups.InputCount(fit.Groups[group]); i++)
            {
                norms[input++] = norm;
            }
        }

        return norms;
    }
}
