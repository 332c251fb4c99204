namespace MLNet.DGating;

/// <summary>Identifies an iteration of a path whose gates are recorded.</summary>
public readonly record struct GateIteration
{
    internal GateIteration(DGatingPhase phase, int iteration, double lambda)
    {
        Phase = phase;
        Iteration = iteration;
        Lambda = lambda;
    }

    /// <summary>The phase: <see cref="DGatingPhase.Dense"/> or <see cref="DGatingPhase.Path"/>.</summary>
    public DGatingPhase Phase { get; init; }

    /// <summary>The number of the iteration within the phase, from 1.</summary>
    public int Iteration { get; init; }

    /// <summary>The λ of the iteration; 0 in the dense phase.</summary>
    public double Lambda { get; init; }
}
