using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Carries out gradient descent with momentum and coupled decay in one pass over the parameters.</summary>
internal static class FusedUpdate
{
    /// <summary>Carries out one step on ungated parameters: v ← μ v + g + decay · w; w ← w − η v.</summary>
    public static void Plain(
        Span<float> value, ReadOnlySpan<float> gradient, Span<float> velocity, float learningRate, float momentum, float decay) =>
        Descend(value, gradient, velocity, value, 1, decay, learningRate, momentum, 1);

    /// <summary>Carries out one step on the gated layer, with one scalar gate a group (docs/theory.md §2 and §4).</summary>
    /// <remarks>
    /// With Γ = γ^(D−1) and c = 2λs/D the gradients are ∂F/∂γ = γ^(D−2) ⟨g, ω⟩ + c γ and ∂F/∂ω = Γ g + c ω; then w = Γ ω. γ keeps its sign,
    /// and a gate at zero stays there. The gate of a group that always stays does not change.
    /// </remarks>
    public static void Gated(GatedParameter parameter, in StepSettings step) => GatedPart(parameter, step, 0, parameter.Groups.Count);

    /// <summary>Carries out one step on the groups from one number to before another.</summary>
    public static void GatedPart(GatedParameter parameter, in StepSettings step, int first, int end)
    {
        if (!step.IsGated)
        {
            Range all = (parameter.Groups.Starts[first] * parameter.Width)..(parameter.Groups.Starts[end] * parameter.Width);
            Descend(
                parameter.Primary.Span[all], parameter.Gradient.Span[all], parameter.PrimaryVelocity.Span[all],
                parameter.Effective.Span[all], 1, step.Decay, step.LearningRate, step.Momentum, 1);
            return;
        }

        for (int j = first; j < end; j++)
        {
            Group(parameter, j, step);
        }
    }

    /// <summary>Carries out one step on a single group, as <see cref="Gated"/> does on all of them.</summary>
    public static void Group(GatedParameter parameter, int group, in StepSettings step)
    {
        Range block = Block(parameter, group);
        Span<float> primary = parameter.Primary.Span[block], velocity = parameter.PrimaryVelocity.Span[block];
        Span<float> effective = parameter.Effective.Span[block];
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
        float product = GatePower.Of(gate, step.GateDepth - 1);
        Descend(primary, gradient, velocity, effective, scale, decay, step.LearningRate, step.Momentum, product);
    }

    /// <summary>Carries out one step on a gate that is neither closed nor kept open.</summary>
    /// <param name="gate">γ.</param>
    /// <param name="velocity">The velocity of γ.</param>
    /// <param name="slope">γ^(D−2) ⟨g, ω⟩.</param>
    /// <param name="decay">c = 2λs/D.</param>
    /// <param name="step">Step size and momentum.</param>
    public static void Gate(ref float gate, ref float velocity, float slope, float decay, in StepSettings step)
    {
        velocity = step.Momentum * velocity + (slope + decay * gate);
        gate = MathF.Max(GateAlgebra.SmallestGateFactor * gate, gate - step.LearningRate * velocity);
    }

    /// <summary>Gives the range of a group's weights in the matrices of the layer.</summary>
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
