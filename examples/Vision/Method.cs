using MLNet.DGating.Modules;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vision;

/// <summary>A way to make channels disappear: what is added to the loss, and how a step is done.</summary>
internal abstract class Method : IDisposable
{
    /// <summary>The parameters that the penalty acts on; the others have plain weight decay.</summary>
    public abstract IEnumerable<Parameter> Penalized { get; }

    public abstract IEnumerable<Parameter> Others { get; }

    /// <summary>Adds the penalty to the loss, where it is part of it.</summary>
    public virtual Tensor Penalize(Tensor loss, double lambda) => loss;

    public abstract void Step(SGD optimizer, double lambda);

    /// <summary>Ends the training: gates write exact zeros into the network.</summary>
    public virtual void Finish()
    {
    }

    public virtual void Dispose()
    {
    }

    /// <summary>The scales and shifts of the normalizations that share a group.</summary>
    public static Parameter[] PairsOf(Sequential network, string[] layers) =>
        [.. layers.SelectMany(layer => new[] { network.get_parameter($"{layer}.weight")!, network.get_parameter($"{layer}.bias")! })];

    /// <summary>The norm of every group over all scales and shifts, or over the scales alone.</summary>
    public static Tensor Norms(Sequential network, string[] layers, bool scalesOnly = false) =>
        (PairsOf(network, layers).Where((_, i) => !scalesOnly || i % 2 == 0).Select(each => each.pow(2)).Aggregate((a, b) => a + b) + 1e-20)
        .sqrt();
}

/// <summary>The library's: gates on scale and shift of a channel.</summary>
internal sealed class Gated : Method
{
    private readonly ModuleGates _gates;

    public Gated(Architecture architecture, Sequential network, double depth)
    {
        _gates = new ModuleGates(network);
        foreach (string[] layers in architecture.Groups)
        {
            _gates.Gate([.. layers.SelectMany(layer => new[] { $"{layer}.weight", $"{layer}.bias" })], Groups.OutputChannels, depth);
        }
    }

    public override IEnumerable<Parameter> Penalized => _gates.Factors;

    public override IEnumerable<Parameter> Others => _gates.Ungated;

    public override void Step(SGD optimizer, double lambda) => _gates.Step(optimizer, lambda);

    public override void Finish()
    {
        _gates.Cut();
        _gates.Collapse();
    }

    public override void Dispose()
    {
        base.Dispose();
        _gates.Dispose();
    }
}

/// <summary>Subgradient descent: λ Σ ‖(scale, shift)‖ as part of the loss; or λ Σ |scale|, which is network slimming.</summary>
internal sealed class Direct(Architecture architecture, Sequential network, bool isSlimming) : Method
{
    private readonly Parameter[] _penalized =
        [.. architecture.Groups.SelectMany(layers => PairsOf(network, layers)).Where((_, i) => !isSlimming || i % 2 == 0)];

    public override IEnumerable<Parameter> Penalized => _penalized;

    public override IEnumerable<Parameter> Others
    {
        get
        {
            HashSet<nint> penalized = [.. _penalized.Select(each => each.Handle)];
            return network.parameters().Where(each => !penalized.Contains(each.Handle));
        }
    }

    public override Tensor Penalize(Tensor loss, double lambda) => lambda == 0
        ? loss
        : loss + lambda * architecture.Groups.Select(layers => Norms(network, layers, isSlimming).sum()).Aggregate((a, b) => a + b);

    public override void Step(SGD optimizer, double lambda) => optimizer.step();
}
