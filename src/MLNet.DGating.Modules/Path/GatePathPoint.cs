namespace MLNet.DGating.Modules;

/// <summary>Holds what training at one λ of a path led to.</summary>
/// <example>
/// <code>
/// using var gates = new ModuleGates(network).GateOutputs("conv1");
/// var options = new GatePathOptions { Lambdas = [1e-4, 1e-3], KeepsWeights = true };
/// var path = GatePath.Follow(gates, options, epoch =&gt; { }, () =&gt; 0);
/// path[0].RestoreTo(network);
/// </code>
/// </example>
public sealed class GatePathPoint
{
    private readonly byte[]? _weights;

    internal GatePathPoint(double lambda, IReadOnlyList<GatedGroups> groups, double validationLoss, byte[]? weights)
    {
        (Lambda, Groups, ValidationLoss, _weights) = (lambda, groups, validationLoss, weights);
    }

    /// <summary>λ.</summary>
    public double Lambda { get; }

    /// <summary>The groups of each gated parameter.</summary>
    public IReadOnlyList<GatedGroups> Groups { get; }

    /// <summary>The loss on held-out rows.</summary>
    public double ValidationLoss { get; }

    /// <summary>The number of groups that are left, over all gated parameters.</summary>
    public int AliveGroups => Groups.Sum(groups => groups.Alive);

    /// <summary>Loads the module's parameters and buffers as they were at this point.</summary>
    /// <param name="module">A module of the same layers, without gates: that of the path after <see cref="ModuleGates.Collapse"/>.</param>
    /// <exception cref="InvalidOperationException">The path was told not to keep the weights.</exception>
    public void RestoreTo(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        if (_weights is null)
        {
            throw new InvalidOperationException("The path kept no weights. Set GatePathOptions.KeepsWeights.");
        }

        using var stream = new MemoryStream(_weights);
        using IDisposable noGradient = TorchSharp.torch.no_grad();
        module.load(stream);
    }
}
