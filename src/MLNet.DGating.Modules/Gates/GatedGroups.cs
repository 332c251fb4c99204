namespace MLNet.DGating.Modules;

/// <summary>Holds the state of the groups of one gated parameter, or of several that share their gates.</summary>
public sealed record GatedGroups
{
    internal GatedGroups()
    {
    }

    /// <summary>The name of the first parameter, by which the gates are known.</summary>
    public required string Name { get; init; }

    /// <summary>The names of all parameters.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The gate depth D.</summary>
    public required double Depth { get; init; }

    /// <summary>‖w_j‖ of each group; 0 for a group that has left.</summary>
    public required IReadOnlyList<double> Norms { get; init; }

    /// <summary>γ_j of each group.</summary>
    public required IReadOnlyList<double> Gates { get; init; }

    /// <summary>‖ω_j‖ of each group.</summary>
    public required IReadOnlyList<double> PrimaryNorms { get; init; }

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
