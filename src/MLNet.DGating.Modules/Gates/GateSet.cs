using MLNet.DGating.Torch.Objective;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Gates;

/// <summary>The groups of one or more parameters that share their gates: w_j = ω_j γ_j^(D−1) (docs/theory.md §4).</summary>
/// <remarks>Its tensors are registered with the <see cref="ModuleGates"/> that owns it, which asks for them by name.</remarks>
internal sealed class GateSet(ModuleGates owner, GatedPart[] parts, double depth, double weight) : IDisposable
{
    private readonly double _initialLargest = InitialLargest(parts);
    private Tensor? _floor;

    public string Name => parts[0].Name;

    public IReadOnlyList<GatedPart> Parts => parts;

    public int Count => parts[0].Groups;

    public double Depth => depth;

    /// <summary>s, the weight of every group in the penalty.</summary>
    public double Weight => weight;

    public Parameter Gates => owner.get_parameter(GateName(Name))!;

    /// <summary>1 for a group that may be trained, 0 for one that has been cut [groups].</summary>
    public Tensor Alive => owner.get_buffer(AliveName(Name))!;

    public static string GateName(string name) => $"{name}.gate";

    public static string AliveName(string name) => $"{name}.alive";

    public static string PrimaryName(string part) => $"{part}.omega";

    public Parameter Primary(GatedPart part) => owner.get_parameter(PrimaryName(part.Name))!;

    /// <summary>Computes the group's penalty without λ: s (‖ω‖² + (D − 1) γ²) / D, summed over the groups.</summary>
    public Tensor Penalty()
    {
        Tensor sum = Gates.mul(Gates).sum().mul(Scalars.Of(depth - 1));
        foreach (GatedPart part in parts)
        {
            Tensor primary = Primary(part), squares = primary.mul(primary);
            sum = sum.add(part.CoversAll ? squares.sum() : squares.mul(part.Expand(ones_like(Gates), 0)).sum(), Scalars.One);
        }

        return sum.mul(Scalars.Of(weight / depth));
    }

    /// <summary>Turns ∂L/∂w of the parameters into gradients of ω and γ, and takes it from them.</summary>
    /// <remarks>
    /// A gradient that the gates already have is that of the scalar γ, by automatic differentiation of the penalty. Divided by D − 1 it is
    /// that of one of the D − 1 gates for which γ stands.
    /// </remarks>
    public void Backward(double lambda)
    {
        Parameter gates = Gates;
        (Tensor? lower, Tensor power) = GateAlgebra.Powers(gates, depth);
        Tensor decay = full_like(gates, Scalars.Of(2 * lambda * weight / depth));
        Tensor slopes = zeros_like(gates);
        foreach (GatedPart part in parts)
        {
            Parameter primary = Primary(part);
            Tensor slope = TakeGradient(part);
            part.AddSums(slopes, slope.mul(primary));
            GateAlgebra.ToPrimary(slope, primary, part.Expand(power, 1), part.Expand(decay, 0));
            AddGradient(primary, slope, 1);
        }

        GateAlgebra.ToGates(slopes, gates, lower, decay);
        AddGradient(gates, slopes, 1 / (depth - 1));
        _floor?.Dispose();
        _floor = GateAlgebra.Floor(gates).DetachFromDisposeScope();
    }

    /// <summary>Keeps the gates above what a step must leave, and writes w = ω γ^(D−1) into the module.</summary>
    public void Apply()
    {
        Tensor alive = Alive;
        Parameter gates = Gates;
        if (_floor is not null)
        {
            gates.clamp_(min: _floor);
            _floor.Dispose();
            _floor = null;
        }

        gates.mul_(alive);
        Tensor power = GateAlgebra.Powers(gates, depth).Power;
        foreach (GatedPart part in parts)
        {
            Parameter primary = Primary(part);
            primary.mul_(part.Expand(alive, 1));
            part.Weight.copy_(primary.mul(part.Expand(power, 1)));
        }
    }

    /// <summary>Sets groups that are nothing beside the largest to exact zero (docs/theory.md §6).</summary>
    /// <returns>The number of groups that were cut.</returns>
    public int Cut(double threshold)
    {
        double[] norms = Norms();
        double least = threshold * Math.Max(norms.Max(), InitialShare * _initialLargest);
        bool[] alive = AliveGroups();
        int before = alive.Count(lives => lives);
        float[] mask = [.. norms.Select((norm, group) => alive[group] && norm > least ? 1f : 0f)];
        using Tensor onHost = tensor(mask);
        Alive.copy_(onHost);
        Apply();
        return before - mask.Count(lives => lives > 0);
    }

    /// <summary>Computes ‖w_j‖ of each group.</summary>
    public double[] Norms()
    {
        Tensor squares = zeros(Count, float64, Gates.device);
        foreach (GatedPart part in parts)
        {
            Tensor w = part.Weight.to_type(float64);
            part.AddSums(squares, w.mul(w));
        }

        return Host(squares.sqrt());
    }

    /// <summary>Computes ‖ω_j‖ of each group.</summary>
    public double[] PrimaryNorms()
    {
        Tensor squares = zeros(Count, float64, Gates.device);
        foreach (GatedPart part in parts)
        {
            Tensor primary = Primary(part).to_type(float64);
            part.AddSums(squares, primary.mul(primary));
        }

        return Host(squares.sqrt());
    }

    public double[] GateValues() => Host(Gates.to_type(float64));

    public bool[] AliveGroups() => [.. Host(Alive.to_type(float64)).Select(lives => lives > 0)];

    public void Dispose()
    {
        _floor?.Dispose();
        foreach (GatedPart part in parts)
        {
            GatedMarks.Remove(part.Owner, part.Local);
            part.Dispose();
        }
    }

    // The largest group counts as at least this share of what it was at first, or groups that fade together would never be small.
    private const double InitialShare = 0.1;

    private static double[] Host(Tensor values) => [.. values.cpu().data<double>()];

    private static double InitialLargest(GatedPart[] parts)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Tensor squares = zeros(parts[0].Groups, float64, parts[0].Weight.device);
        foreach (GatedPart part in parts)
        {
            Tensor w = part.Weight.to_type(float64);
            part.AddSums(squares, w.mul(w));
        }

        return Host(squares.sqrt()).Max();
    }

    // A copy of ∂L/∂w, which is 0 afterwards; 0 where the loss did not use the parameter.
    private static Tensor TakeGradient(GatedPart part)
    {
        Parameter w = part.Weight;
        Tensor? gradient = w.grad;
        if (gradient is null)
        {
            return zeros_like(w);
        }

        w.grad = null;
        return gradient;
    }

    private static void AddGradient(Parameter parameter, Tensor gradient, double factorOfOld)
    {
        if (parameter.grad is { } old)
        {
            gradient.add_(old, Scalars.Of(factorOfOld));
        }

        parameter.grad = gradient;
    }
}
