using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch;

/// <summary>Gradient descent with momentum and coupled decay, each parameter read and written once.</summary>
internal static class FusedUpdate
{
    /// <summary>
    /// A step leaves at least this of a gate. Gradient flow never reaches zero, but momentum overshoots it, most of all where a
    /// weight has to change its sign: a gate clamped at zero would be closed for ever, and groups that matter with it.
    /// </summary>
    public const float SmallestGateFactor = 0.5f;

    /// <summary>v ← μ v + g + decay · w; w ← w − η v.</summary>
    public static void Plain(Span<float> value, ReadOnlySpan<float> gradient, Span<float> velocity, float learningRate, float momentum, float decay) =>
        Descend(value, gradient, velocity, value, 1, decay, learningRate, momentum, 1);

    /// <summary>
    /// dgating.md §2 with one scalar a group (§4), Γ = γ^(D−1), c = 2λs/D:
    /// ∂F/∂γ = γ^(D−2) ⟨g, ω⟩ + c γ, ∂F/∂ω = Γ g + c ω, then w = ω Γ. γ never leaves its sign, and zero is absorbing (§4).
    /// The gate of a group that always stays does not move.
    /// </summary>
    public static void Gated(GatedParameter parameter, in StepSettings step)
    {
        GroupLayout groups = parameter.Groups;
        Span<float> gates = parameter.Gates.Span, gateVelocity = parameter.GateVelocity.Span;
        Span<float> primary = parameter.Primary.Span, velocity = parameter.PrimaryVelocity.Span, effective = parameter.Effective.Span;
        ReadOnlySpan<float> gradient = parameter.Gradient.Span;
        double depth = step.GateDepth;
        if (!step.IsGated)
        {
            Descend(primary, gradient, velocity, effective, 1, step.Decay, step.LearningRate, step.Momentum, 1);
            return;
        }

        for (int j = 0; j < groups.Count; j++)
        {
            float gate = gates[j];
            Range block = Block(parameter, j);
            if (gate == 0)
            {
                effective[block].Clear();
                continue;
            }

            float decay = step.DecayOf(groups.Weights[j]);
            if (groups.IsKept(j))
            {
                Descend(primary[block], gradient[block], velocity[block], effective[block], 1, decay, step.LearningRate, step.Momentum, 1);
                continue;
            }

            float lower = GatePower.Of(gate, depth - 2);
            float slope = TensorPrimitives.Dot(gradient[block], primary[block]);
            gateVelocity[j] = step.Momentum * gateVelocity[j] + (lower * slope + decay * gate);
            float moved = MathF.Max(SmallestGateFactor * gate, gate - step.LearningRate * gateVelocity[j]);
            gates[j] = moved;
            Descend(primary[block], gradient[block], velocity[block], effective[block], lower * gate, decay,
                step.LearningRate, step.Momentum, GatePower.Of(moved, depth - 1));
        }
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
