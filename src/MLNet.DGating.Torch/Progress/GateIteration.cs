namespace MLNet.DGating;

/// <summary>An iteration of a path whose gates are recorded.</summary>
public readonly record struct GateIteration
{
    internal GateIteration(DGatingPhase phase, int iteration, double lambda)
    {
        Phase = phase;
        Iteration = iteration;
        Lambda = lambda;
    }

    /// <summary><see cref="DGatingPhase.Dense"/> or <see cref="DGatingPhase.Path"/>.</summary>
    public DGatingPhase Phase { get; init; }

    /// <summary>1, 2, … within the phase.</summary>
    public int Iteration { get; init; }

    /// <summary>λ of the iteration; 0 in the dense phase.</summary>
    public double Lambda { get; init; }
}
