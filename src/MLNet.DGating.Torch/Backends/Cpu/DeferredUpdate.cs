using System.Numerics;
using System.Runtime.InteropServices;
using MLNet.DGating.Torch.Network;
using MLNet.DGating.Torch.Objective;

namespace MLNet.DGating.Torch.Backends.Cpu;

/// <summary>Defers the updates of groups whose columns do not occur in a batch (docs/theory.md §11).</summary>
/// <remarks>
/// The updates are made up for when a group occurs again or the whole layer is read. Without a gradient (g = 0 in docs/theory.md §2) a step
/// with momentum is linear in v and ω, and the same for all weights of a group:
/// <code>
/// v⁺ = μ v + c ω,  ω⁺ = ω − η v⁺,  so  (ω, v)⁺ = M (ω, v)  with  M = [ 1 − ηc  −ημ ;  c  μ ]
/// </code>
/// and t skipped steps are M_t ⋯ M_1, four numbers a group however wide it is. That is exact for any steps, also where η, λ or c change
/// from one step to the next. The gate follows the same recurrence with a floor; it is one number, and is taken through the steps one by
/// one.
/// </remarks>
internal sealed class DeferredUpdate
{
    /// <summary>The most steps that are deferred, which bounds the list of them.</summary>
    private const int MaximumSkipped = 1024;

    private readonly List<StepSettings> _steps = [];
    private readonly List<int> _occurring = [];
    private GroupLayout? _layout;
    private int[] _groupOfColumn = [];
    private int[] _done = [];

    /// <summary>Brings the groups of these columns up to date: those for which the next step has a gradient.</summary>
    public void ApplyDeferred(GatedParameter layer, ReadOnlySpan<int> columns)
    {
        Follow(layer.Groups);
        _occurring.Clear();
        ReadOnlySpan<StepSettings> steps = CollectionsMarshal.AsSpan(_steps);
        foreach (int column in columns)
        {
            int group = _groupOfColumn[column];
            // −1 marks a group that is in the list already; further columns of it may follow.
            if (_done[group] >= 0)
            {
                Apply(layer, group, steps[_done[group]..]);
                _done[group] = -1;
                _occurring.Add(group);
            }
        }

        foreach (int group in _occurring)
        {
            _done[group] = steps.Length;
        }
    }

    /// <summary>Carries out one step for the groups that occur, and defers it for all others.</summary>
    public void Update(GatedParameter layer, in StepSettings step)
    {
        Follow(layer.Groups);
        _steps.Add(step);
        foreach (int group in _occurring)
        {
            FusedUpdate.Group(layer, group, step);
            _done[group] = _steps.Count;
        }

        _occurring.Clear();
        if (_steps.Count == MaximumSkipped)
        {
            Flush(layer);
        }
    }

    /// <summary>Brings every group up to date.</summary>
    public void Flush(GatedParameter layer)
    {
        ReadOnlySpan<StepSettings> steps = CollectionsMarshal.AsSpan(_steps);
        for (int group = 0; group < _done.Length && steps.Length > 0; group++)
        {
            Apply(layer, group, steps[_done[group]..]);
        }

        _steps.Clear();
        Array.Clear(_done);
    }

    private static void Apply(GatedParameter layer, int group, ReadOnlySpan<StepSettings> steps)
    {
        if (steps.IsEmpty)
        {
            return;
        }

        ref float gate = ref layer.Gates.Span[group];
        ref float gateVelocity = ref layer.GateVelocity.Span[group];
        float weight = layer.Groups.Weights[group];
        bool isKept = layer.Groups.IsKept(group);
        // The columns of M_t ⋯ M_1 are the images of (1, 0) and (0, 1).
        (double x1, double v1, double x2, double v2) = (1, 0, 0, 1);
        foreach (ref readonly StepSettings step in steps)
        {
            if (step.IsGated && gate == 0)
            {
                continue;
            }

            float decay = step.IsGated ? step.DecayOf(weight) : step.Decay;
            if (step.IsGated && !isKept)
            {
                FusedUpdate.Gate(ref gate, ref gateVelocity, 0, decay, step);
            }

            v1 = step.Momentum * v1 + decay * x1;
            v2 = step.Momentum * v2 + decay * x2;
            x1 -= step.LearningRate * v1;
            x2 -= step.LearningRate * v2;
        }

        Range block = FusedUpdate.Block(layer, group);
        Transform(
            layer.Primary.Span[block], layer.PrimaryVelocity.Span[block], layer.Effective.Span[block],
            (float)x1, (float)x2, (float)v1, (float)v2, GatePower.Of(gate, steps[^1].GateDepth - 1));
    }

    // x ← xx · x + xv · v; v ← vx · x + vv · v; image ← x · imageScale.
    private static void Transform(
        Span<float> x, Span<float> velocity, Span<float> image, float xx, float xv, float vx, float vv, float imageScale)
    {
        Span<Vector<float>> xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        Span<Vector<float>> velocities = MemoryMarshal.Cast<float, Vector<float>>(velocity);
        Span<Vector<float>> images = MemoryMarshal.Cast<float, Vector<float>>(image);
        for (int i = 0; i < xs.Length; i++)
        {
            (Vector<float> before, Vector<float> v) = (xs[i], velocities[i]);
            Vector<float> after = before * xx + v * xv;
            xs[i] = after;
            velocities[i] = before * vx + v * vv;
            images[i] = after * imageScale;
        }

        for (int i = xs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            (float before, float v) = (x[i], velocity[i]);
            x[i] = before * xx + v * xv;
            velocity[i] = before * vx + v * vv;
            image[i] = x[i] * imageScale;
        }
    }

    // Starts again when the layout changes, which it does after all groups were brought up to date.
    private void Follow(GroupLayout layout)
    {
        if (ReferenceEquals(layout, _layout))
        {
            return;
        }

        _layout = layout;
        _done = new int[layout.Count];
        _steps.Clear();
        _occurring.Clear();
        _groupOfColumn = new int[layout.Columns];
        for (int j = 0; j < layout.Count; j++)
        {
            Array.Fill(_groupOfColumn, j, layout.Starts[j], layout.Size(j));
        }
    }
}
