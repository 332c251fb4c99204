namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Bounds the expected number of stable features that were selected by chance (docs/theory.md §14).</summary>
/// <remarks>
/// The bound is that of Shah and Samworth ("Variable selection with error control", JRSS B 75, 2013) for complementary pairs. A feature is
/// selected by chance if its probability to be selected on a half is at most θ = q/p, that of a feature drawn at random.
/// </remarks>
/// <param name="Expected">The bound on the expected number.</param>
/// <param name="AssumesUnimodality">Whether the bound assumes a unimodal distribution, as their Theorem 2 does.</param>
internal readonly record struct FalseSelectionBound(double Expected, bool AssumesUnimodality)
{
    /// <summary>Computes the bound.</summary>
    /// <param name="selected">q, the number of features selected on a half.</param>
    /// <param name="features">p, the number of all features.</param>
    /// <param name="threshold">τ, above 1/2 and at most 1: the share of the halves that must have selected a stable feature.</param>
    /// <param name="pairs">B, the number of complementary pairs.</param>
    public static FalseSelectionBound Of(int selected, int features, double threshold, int pairs)
    {
        // Frequencies are multiples of 1/(2B): a threshold between two of them is as strict as the upper one.
        double tau = Math.Ceiling(threshold * 2 * pairs - Rounding) / (2 * pairs);
        double theta = (double)selected / features;
        double? factor = Factor(tau, theta, pairs);
        // Theorem 1, without assumptions: θ q / (2τ − 1), which is the bound of Meinshausen and Bühlmann (2010).
        return new FalseSelectionBound((factor ?? 1 / (2 * tau - 1)) * theta * selected, factor.HasValue);
    }

    private const double Rounding = 1e-9;

    // C(τ, B) of Theorem 2, for θ ≤ 1/√3 and τ = 1/2 + 1/B, 1/2 + 3/(2B), …, 1; null where the theorem does not apply.
    private static double? Factor(double tau, double theta, int pairs)
    {
        double step = 1.0 / (2 * pairs);
        double lowest = Math.Min(0.5 + theta * theta, 0.5 + step + 0.75 * theta * theta);
        if (theta > 1 / Math.Sqrt(3) || tau < 0.5 + 2 * step - Rounding || tau <= lowest)
        {
            return null;
        }

        return tau <= 0.75 + Rounding
            ? 1 / (2 * (2 * tau - 1 - step))
            : 4 * (1 - tau + step) / (1 + 2 * step);
    }
}
