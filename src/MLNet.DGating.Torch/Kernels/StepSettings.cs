namespace MLNet.DGating.Torch;

/// <summary>What one step of gradient descent needs to know.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="Momentum">μ: v ← μ v + gradient, w ← w − η v.</param>
/// <param name="Decay">L2 coefficient of the ungated weights (its gradient is Decay · w).</param>
/// <param name="Lambda">λ of the gate penalty.</param>
/// <param name="GateDepth">D; <see cref="Ungated"/> for a refit: w = ω with plain decay.</param>
/// <param name="InputNoise">Deviation of the noise added to the standardized features.</param>
internal readonly record struct StepSettings(float LearningRate, float Momentum, float Decay, double Lambda, double GateDepth, float InputNoise)
{
    /// <summary>D = 1: w = ω γ⁰ = ω.</summary>
    public const double Ungated = 1;

    public bool IsGated => GateDepth > Ungated;
}
