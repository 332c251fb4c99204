namespace MLNet.DGating;

/// <summary>One of the iterations of <see cref="GateDynamics"/>.</summary>
/// <param name="Phase"><see cref="DGatingPhase.Dense"/> or <see cref="DGatingPhase.Path"/>.</param>
/// <param name="Iteration">1, 2, … within the phase.</param>
/// <param name="Lambda">λ of the iteration; 0 in the dense phase.</param>
public readonly record struct GateIteration(DGatingPhase Phase, int Iteration, double Lambda);
