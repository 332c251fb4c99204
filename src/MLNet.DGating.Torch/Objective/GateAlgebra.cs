using MLNet.DGating.Torch.Interop;

namespace MLNet.DGating.Torch.Objective;

/// <summary>Computes w = ω γ^(D−1), its gradients and the bound of a step, on tensors (docs/theory.md §2 and §4).</summary>
/// <remarks>
/// The tabular engine and the gates of modules share it. Gates, powers and decays have shapes that broadcast to those of the weights.
/// </remarks>
internal static class GateAlgebra
{
    /// <summary>The share of a gate that a step leaves at least.</summary>
    /// <remarks>
    /// Gradient flow never takes a gate to zero, but momentum overshoots, most of all where a weight has to change its sign. A gate clamped
    /// at zero would stay closed, and the group would be lost even if it matters (docs/theory.md §4).
    /// </remarks>
    public const float SmallestGateFactor = 0.5f;

    /// <summary>Computes γ^e; the gates themselves where e is 1.</summary>
    public static Tensor Power(Tensor gates, double exponent) => exponent == 1 ? gates : gates.pow(LiveScalar.Of(exponent));

    /// <summary>Computes γ^(D−2), null where that is 1, and γ^(D−1).</summary>
    public static (Tensor? Lower, Tensor Power) Powers(Tensor gates, double gateDepth)
    {
        Tensor? lower = gateDepth == 2 ? null : Power(gates, gateDepth - 2);
        return (lower, lower is null ? gates : lower.mul(gates));
    }

    /// <summary>Turns ∂L/∂w into ∂F/∂ω = γ^(D−1) g + c ω, in place.</summary>
    public static void ToPrimary(Tensor gradient, Tensor primary, Tensor power, Tensor decay) =>
        gradient.mul_(power).addcmul_(primary, decay, LiveScalar.Of(1));

    /// <summary>Turns ⟨g, ω⟩ into the gradient of one of the D − 1 gates, γ^(D−2) ⟨g, ω⟩ + c γ, in place.</summary>
    public static void ToGates(Tensor slopes, Tensor gates, Tensor? lower, Tensor decay)
    {
        _ = lower is null ? slopes : slopes.mul_(lower);
        slopes.addcmul_(gates, decay, LiveScalar.Of(1));
    }

    /// <summary>Computes what a step must leave of every gate.</summary>
    public static Tensor Floor(Tensor gates) => gates.mul(LiveScalar.Of(SmallestGateFactor));
}
