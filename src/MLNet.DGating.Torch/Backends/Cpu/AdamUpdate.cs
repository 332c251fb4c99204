using System.Numerics;
using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Carries out AdamW, gradient descent scaled by running moments with decoupled decay, in one pass over the parameters.</summary>
/// <remarks>
/// Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019, algorithm 2: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
/// w ← w − η (m̂ / (√v̂ + ε) + decay · w), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ). It is for networks without gates: their penalty
/// needs coupled decay.
/// </remarks>
internal static class AdamUpdate
{
    private const float Mean = 0.9f, Square = 0.999f, Epsilon = 1e-8f;

    /// <summary>Carries out one step.</summary>
    /// <param name="parameter">The parameter; its velocity holds m.</param>
    /// <param name="squares">v [rows, columns].</param>
    /// <param name="step">The number of the step, from 1.</param>
    /// <param name="learningRate">The step size η.</param>
    /// <param name="decay">The decoupled decay, at least 0.</param>
    public static void Step(Parameter parameter, CpuMatrix squares, int step, float learningRate, float decay)
    {
        float size = learningRate / (1 - MathF.Pow(Mean, step)), unbias = 1 / (1 - MathF.Pow(Square, step));
        float kept = 1 - learningRate * decay;
        Span<float> x = parameter.Value.Span, m = parameter.Velocity.Span, v = squares.Span;
        ReadOnlySpan<float> g = parameter.Gradient.Span;
        Span<Vector<float>> xs = MemoryMarshal.Cast<float, Vector<float>>(x), ms = MemoryMarshal.Cast<float, Vector<float>>(m);
        Span<Vector<float>> vs = MemoryMarshal.Cast<float, Vector<float>>(v);
        ReadOnlySpan<Vector<float>> gs = MemoryMarshal.Cast<float, Vector<float>>(g);
        var epsilon = new Vector<float>(Epsilon);
        for (int i = 0; i < xs.Length; i++)
        {
            Vector<float> gradient = gs[i];
            Vector<float> mean = ms[i] * Mean + gradient * (1 - Mean);
            Vector<float> square = vs[i] * Square + gradient * gradient * (1 - Square);
            (ms[i], vs[i]) = (mean, square);
            xs[i] = xs[i] * kept - mean * size / (Vector.SquareRoot(square * unbias) + epsilon);
        }

        for (int i = xs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            m[i] = m[i] * Mean + g[i] * (1 - Mean);
            v[i] = v[i] * Square + g[i] * g[i] * (1 - Square);
            x[i] = x[i] * kept - m[i] * size / (MathF.Sqrt(v[i] * unbias) + Epsilon);
        }
    }
}
