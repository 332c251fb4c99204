namespace MLNet.DGating.Modules;

/// <summary>Holds the state of the groups of one gated parameter, or of several that share their gates.</summary>
/// <param name="Name">The name of the first parameter, by which the gates are known.</param>
/// <param name="Parameters">The names of all parameters.</param>
/// <param name="Depth">The gate depth D.</param>
/// <param name="Norms">‖w_j‖ of each group; 0 for a group that has left.</param>
/// <param name="Gates">γ_j of each group.</param>
/// <param name="PrimaryNorms">‖ω_j‖ of each group.</param>
public sealed record GatedGroups(
    string Name,
    IReadOnlyList<string> Parameters,
    double Depth,
    IReadOnlyList<double> Norms,
    IReadOnlyList<double> Gates,
    IReadOnlyList<double> PrimaryNorms)
{
    /// <summary>The number of groups.</summary>
    public int Count => Norms.Count;

    /// <summary>The number of groups that are not exactly zero.</summary>
    public int Alive => Norms.Count(norm => norm > 0);

    /// <summary>The imbalance (‖ω_j‖² − γ_j²) / (‖ω_j‖² + γ_j²) of each group, from −1 to 1; 0 where it is balanced or gone.</summary>
    /// <remarks>Where it is 0 the penalty is the norm ‖w_j‖^(2/D); it decays at the rate 4 λ s_j / D (docs/theory.md §3).</remarks>
    public IReadOnlyList<double> Imbalances => [.. PrimaryNorms.Zip(Gates, Imbalance)];

    private static double Imbalance(double primary, double gate)
    {
        double a = primary * primary, b = gate * gate;
        return a + b == 0 ? 0 : (a - b) / (a + b);
    }
}
