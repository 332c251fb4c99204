namespace MLNet.DGating.Torch.Objective;

/// <summary>Measures how near weights are to a stationary point of P = L + λ Σ_j s_j ‖w_j‖^(2/D) (docs/theory.md §5).</summary>
/// <remarks>The measure does not depend on how the weights were found. Groups without penalty (s_j = 0) have no part in it.</remarks>
internal static class Stationarity
{
    /// <summary>Computes the certificate of given weights.</summary>
    /// <param name="groups">The layout of both matrices.</param>
    /// <param name="weights">The weights w [columns, width].</param>
    /// <param name="gradient">The gradient ∂L/∂w [columns, width].</param>
    /// <param name="lambda">λ, above 0.</param>
    /// <param name="gateDepth">The gate depth D, at least 2.</param>
    public static StationarityCertificate Measure(GroupLayout groups, double[] weights, double[] gradient, double lambda, double gateDepth)
    {
        double residual = 0, ratio = 0;
        int zeros = 0, width = weights.Length / groups.Columns;
        for (int j = 0; j < groups.Count; j++)
        {
            ReadOnlySpan<double> w = groups.Block(weights, width, j), g = groups.Block(gradient, width, j);
            double norm = TensorPrimitives.Norm(w), scale = lambda * groups.Weights[j];
            if (norm > 0 && scale > 0)
            {
                double pull = scale * (2 / gateDepth) * Math.Pow(norm, 2 / gateDepth - 1);
                residual = Math.Max(residual, NormOfSum(g, w, pull / norm) / pull);
            }
            else if (scale > 0)
            {
                ratio = Math.Max(ratio, TensorPrimitives.Norm(g) / scale);
                zeros++;
            }
        }

        return new StationarityCertificate
        {
            Lambda = lambda,
            GateDepth = gateDepth,
            ActiveResidual = residual,
            ZeroGroupRatio = gateDepth == 2 ? ratio : double.NaN,
            ActiveGroups = groups.Count - zeros,
            ZeroGroups = zeros,
        };
    }

    // Computes ‖a + factor · b‖.
    private static double NormOfSum(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double factor)
    {
        double squares = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double sum = a[i] + factor * b[i];
            squares += sum * sum;
        }

        return Math.Sqrt(squares);
    }
}
