namespace MLNet.DGating.Torch.Network;

/// <summary>What one step of gradient descent needs to know.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="Momentum">μ: v ← μ v + gradient, w ← w − η v.</param>
/// <param name="Decay">L2 coefficient of the ungated weights, and of groups that always stay (its gradient is Decay · w).</param>
/// <param name="Lambda">λ of the gate penalty.</param>
/// <param name="GateDepth">D; <see cref="Ungated"/> for a refit: w = ω with plain decay.</param>
/// <param name="InputNoise">Deviation of the noise added to the standardized features.</param>
internal readonly record struct StepSettings(float LearningRate, float Momentum, float Decay, double Lambda, double GateDepth, float InputNoise)
{
    /// <summary>D = 1: w = ω γ⁰ = ω.</summary>
    public const double Ungated = 1;

    public bool IsGated => GateDepth > Ungated;

    /// <summary>
    /// What pulls a group's ω, and its gate, towards zero: c = 2λ s_j/D (docs/theory.md §2); plain decay where s_j = 0, a group that always
    /// stays.
    /// </summary>
    public float DecayOf(float groupWeight) => groupWeight == 0 ? Decay : (float)(2 * Lambda * groupWeight / GateDepth);
}
