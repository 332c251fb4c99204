using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Gradient descent with momentum and coupled decay, each parameter read and written once.</summary>
internal static class FusedUpdate
{
    /// <summary>A step leaves at least this of a gate.</summary>
    /// <remarks>
    /// Gradient flow never reaches zero, but momentum overshoots it, most of all where a weight has to change its sign: a gate clamped at
    /// zero would be closed for ever, and groups that matter with it.
    /// </remarks>
    public const float SmallestGateFactor = 0.5f;

    /// <summary>v ← μ v + g + decay · w; w ← w − η v.</summary>
    public static void Plain(Span<float> value, ReadOnlySpan<float> gradient, Span<float> velocity, float learningRate, float momentum, float decay) =>
        Descend(value, gradient, velocity, value, 1, decay, learningRate, momentum, 1);

    /// <summary>
    /// docs/theory.md §2 with one scalar a group (§4), Γ = γ^(D−1), c = 2λs/D: ∂F/∂γ = γ^(D−2) ⟨g, ω⟩ + c γ, ∂F/∂ω = Γ g + c ω, then w = ω
    /// Γ.
    /// </summary>
    /// <remarks>γ never leaves its sign, and zero is absorbing (§4). The gate of a group that always stays does not move.</remarks>
    public static void Gated(GatedParameter parameter, in StepSettings step)
    {
        if (!step.IsGated)
        {
            Descend(
                parameter.Primary.Span, parameter.Gradient.Span, parameter.PrimaryVelocity.Span, parameter.Effective.Span, 1,
                step.Decay, step.LearningRate, step.Momentum, 1);
            return;
        }

        for (int j = 0; j < parameter.Groups.Count; j++)
        {
            Group(parameter, j, step);
        }
    }

    /// <summary>The same for one group alone.</summary>
    public static void Group(GatedParameter parameter, int group, in StepSettings step)
    {
        Range block = Block(parameter, group);
        Span<float> primary = parameter.Primary.Span[block], velocity = parameter.PrimaryVelocity.Span[block], effective = parameter.Effective.Span[block];
        ReadOnlySpan<float> gradient = parameter.Gradient.Span[block];
        ref float gate = ref parameter.Gates.Span[group];
        if (step.IsGated && gate == 0)
        {
            effective.Clear();
            return;
        }

        float decay = step.IsGated ? step.DecayOf(parameter.Groups.Weights[group]) : step.Decay;
        if (!step.IsGated || parameter.Groups.IsKept(group))
        {
            Descend(primary, gradient, velocity, effective, 1, decay, step.LearningRate, step.Momentum, 1);
            return;
        }

        float lower = GatePower.Of(gate, step.GateDepth - 2), scale = lower * gate;
        Gate(ref gate, ref parameter.GateVelocity.Span[group], lower * TensorPrimitives.Dot(gradient, primary), decay, step);
        Descend(primary, gradient, velocity, effective, scale, decay, step.LearningRate, step.Momentum, GatePower.Of(gate, step.GateDepth - 1));
    }

    /// <summary>A step of a gate that is neither closed nor kept; the slope is γ^(D−2) ⟨g, ω⟩.</summary>
    public static void Gate(ref float gate, ref float velocity, float slope, float decay, in StepSettings step)
    {
        velocity = step.Momentum * velocity + (slope + decay * gate);
        gate = MathF.Max(SmallestGateFactor * gate, gate - step.LearningRate * velocity);
    }

    public static Range Block(GatedParameter parameter, int group) =>
        (parameter.Groups.Starts[group] * parameter.Width)..(parameter.Groups.Starts[group + 1] * parameter.Width);

    // v ← μ v + scale · g + decay · x; x ← x − η v; image ← x · imageScale (image may be x itself, with scale 1).
    private static void Descend(
        Span<float> x, ReadOnlySpan<float> gradient, Span<float> velocity, Span<float> image,
        float scale, float decay, float learningRate, float momentum, float imageScale)
    {
        Span<Vector<float>> xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        ReadOnlySpan<Vector<float>> gradients = MemoryMarshal.Cast<float, Vector<float>>(gradient);
        Span<Vector<float>> velocities = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        Span<Vector<float>> images = MemoryMarshal.Cast<float, Vector<float>>(image);
        for (int i = 0; i < xs.Length; i++)
        {
            Vector<float> current = xs[i];
            Vector<float> v = velocities[i] * momentum + gradients[i] * scale + current * decay;
            velocities[i] = v;
            current -= v * learningRate;
            xs[i] = current;
            images[i] = current * imageScale;
        }

        for (int i = xs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            velocity[i] = velocity[i] * momentum + gradient[i] * scale + x[i] * decay;
            x[i] -= velocity[i] * learningRate;
            image[i] = x[i] * imageScale;
        }
    }
}
