namespace MLNet.DGating.Torch.Network;

/// <summary>Holds the settings of one step of gradient descent.</summary>
/// <param name="LearningRate">The step size η, above 0.</param>
/// <param name="Momentum">The momentum μ, 0 to below 1: v ← μ v + gradient, w ← w − η v.</param>
/// <param name="Decay">The L2 coefficient of ungated weights and of groups that always stay, whose gradient is Decay · w.</param>
/// <param name="Lambda">λ of the gate penalty, at least 0.</param>
/// <param name="GateDepth">The gate depth D, at least 2; <see cref="Ungated"/> for a refit.</param>
/// <param name="InputNoise">The deviation of the noise that is added to the standardized features, at least 0.</param>
internal readonly record struct StepSettings(
    float LearningRate, float Momentum, float Decay, double Lambda, double GateDepth, float InputNoise)
{
    /// <summary>The gate depth D = 1 of a network without gates: w = ω γ⁰ = ω, with plain decay.</summary>
    public const double Ungated = 1;

    /// <summary>The probability with which a hidden neuron is left out of a row of a step, 0 to below 1.</summary>
    public float Dropout { get; init; }

    public bool IsGated => GateDepth > Ungated;

    /// <summary>Gives the decay of a group's ω and γ: c = 2λ s_j/D (docs/theory.md §2), or plain decay if the group always stays.</summary>
    /// <param name="groupWeight">s_j; 0 for a group that always stays.</param>
    public float DecayOf(float groupWeight) => groupWeight == 0 ? Decay : (float)(2 * Lambda * groupWeight / GateDepth);
}
