namespace MLNet.DGating.Torch.Objective;

/// <summary>
/// How near weights are to a stationary point of P = L + λ Σ_j s_j ‖w_j‖^(2/D) (docs/theory.md §5), however they were found. Groups
/// without penalty (s_j = 0) have no part in it.
/// </summary>
/// <param name="Lambda">λ.</param>
/// <param name="GateDepth">D.</param>
/// <param name="ActiveResidual">The largest ‖∇_j L + ∇_j penalty‖ / ‖∇_j penalty‖ over groups that are not zero; 0 where there are none.</param>
/// <param name="ZeroGroupRatio">D = 2: the largest ‖∇_j L‖ / (λ s_j) over groups at zero (0 where there are none), at most 1 at a stationary point; NaN for other D.</param>
/// <param name="ActiveGroups">Groups that are not zero.</param>
/// <param name="ZeroGroups">Groups at zero.</param>
internal sealed record Stationarity(double Lambda, double GateDepth, double ActiveResidual, double ZeroGroupRatio, int ActiveGroups, int ZeroGroups)
{
    /// <param name="groups">The layout of both matrices.</param>
    /// <param name="weights">w [columns, width].</param>
    /// <param name="gradient">∂L/∂w [columns, width].</param>
    /// <param name="lambda">λ, above 0.</param>
    /// <param name="gateDepth">D.</param>
    public static Stationarity Of(GroupLayout groups, double[] weights, double[] gradient, double lambda, double gateDepth)
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

        return new Stationarity(lambda, gateDepth, residual, gateDepth == 2 ? ratio : double.NaN, groups.Count - zeros, zeros);
    }

    // ‖a + factor · b‖.
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
