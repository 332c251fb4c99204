using MLNet.DGating.Modules.Gates;
using MLNet.DGating.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules;

/// <summary>Gates groups of weights of a TorchSharp module, so that training with a smooth penalty leaves few of them.</summary>
/// <remarks>
/// <para>
/// A gated parameter is trained as w = ω γ^(D−1): ω has its shape, and γ one number for each group, which stands for D − 1 equal gates
/// (docs/theory.md §4). The module keeps its parameter w as it is, whatever kind of module it is: <see cref="Step"/> takes the gradient
/// that the backward pass gave w, turns it into those of ω and γ (§2), has the optimizer carry out its step, and writes the new w into the
/// module. So its state dictionary is at all times that of the plain network.
/// </para>
/// <para>
/// The gates are a TorchSharp module too: <c>parameters()</c> are ω and γ, and <c>save</c>, <c>load</c> and <c>to</c> do what they do
/// elsewhere. Training from a checkpoint needs both files, that of the module and that of its gates.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var gates = new ModuleGates(network).GateOutputs("conv1", depth: 3);
/// using var optimizer = torch.optim.SGD(gates.Trainable, 0.1, momentum: 0.9);
/// optimizer.zero_grad();
/// torch.nn.functional.cross_entropy(network.call(images), labels).backward();
/// gates.Step(optimizer, lambda: 1e-3);
/// </code>
/// </example>
public sealed class ModuleGates : Module
{
    /// <summary>The gate depth D where none is given: 3, the penalty L2,2/3.</summary>
    public const double DefaultDepth = 3;

    /// <summary>The share of the largest norm up to which <see cref="Cut"/> takes a group for gone: a ten-thousandth.</summary>
    public const double DefaultCutThreshold = 1e-4;

    private readonly Module _module;
    private readonly List<GateSet> _sets = [];
    private optim.Optimizer? _checked;
    private bool _isCollapsed;

    /// <summary>Prepares a module for gates.</summary>
    /// <param name="module">The module. Its submodules and parameters must be registered (<c>RegisterComponents</c>).</param>
    public ModuleGates(Module module)
        : base(Named(module))
    {
        _module = module;
    }

    /// <summary>ω and γ of all gated parameters, for a parameter group of their own.</summary>
    public IEnumerable<Parameter> Factors => parameters();

    /// <summary>The module's parameters without a gate, for a parameter group of their own.</summary>
    /// <remarks>
    /// Layers that follow a gated one need some decay: else they grow by what the penalty takes from the gated weights, and λ means nothing
    /// (docs/theory.md §7).
    /// </remarks>
    public IEnumerable<Parameter> Ungated
    {
        get
        {
            HashSet<nint> gated = [.. _sets.SelectMany(set => set.Parts).Select(part => part.Weight.Handle)];
            return [.. _module.parameters().Where(parameter => !gated.Contains(parameter.Handle) && parameter.requires_grad)];
        }
    }

    /// <summary>Everything that an optimizer trains: <see cref="Ungated"/> and <see cref="Factors"/>.</summary>
    public IEnumerable<Parameter> Trainable => Ungated.Concat(Factors);

    /// <summary>The gated module.</summary>
    public Module Target => _module;

    internal IReadOnlyList<GateSet> Sets => _sets;

    /// <summary>Gates one parameter.</summary>
    /// <param name="parameter">Its name, as in the module's state dictionary: <c>conv1.weight</c>.</param>
    /// <param name="groups">How it is divided.</param>
    /// <param name="depth">The gate depth D, a real number of at least 2. The default is 3.</param>
    /// <param name="weight">s, the factor of these groups in the penalty, above 0. The default is 1.</param>
    /// <returns>These gates.</returns>
    /// <exception cref="ArgumentException">
    /// The module has no such parameter, it is frozen or gated already, or the groups do not divide it.
    /// </exception>
    public ModuleGates Gate(string parameter, Groups groups, double depth = DefaultDepth, double weight = 1) =>
        Gate([parameter], groups, depth, weight);

    /// <summary>Gates several parameters by one gate for each group.</summary>
    /// <param name="parameters">Their names. Each must have the same number of groups.</param>
    /// <param name="groups">How each of them is divided.</param>
    /// <param name="depth">The gate depth D, a real number of at least 2. The default is 3.</param>
    /// <param name="weight">s, the factor of these groups in the penalty, above 0. The default is 1.</param>
    /// <returns>These gates.</returns>
    /// <exception cref="ArgumentException">A parameter is missing, frozen or gated already, or the groups do not divide it.</exception>
    public ModuleGates Gate(IReadOnlyList<string> parameters, Groups groups, double depth = DefaultDepth, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(groups);
        return Gate([.. parameters.Select(parameter => (parameter, groups))], depth, weight);
    }

    /// <summary>Gates several parameters, each divided in its own way, by one gate for each group.</summary>
    /// <param name="parameters">Their names and divisions, such as the rows of one layer and the columns of the next.</param>
    /// <param name="depth">The gate depth D, a real number of at least 2. The default is 3.</param>
    /// <param name="weight">s, the factor of these groups in the penalty, above 0. The default is 1.</param>
    /// <returns>These gates.</returns>
    /// <exception cref="ArgumentException">A parameter is missing, frozen or gated already, or the groups do not divide it.</exception>
    public ModuleGates Gate(
        IReadOnlyList<(string Parameter, Groups Groups)> parameters, double depth = DefaultDepth, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ThrowIfCollapsed();
        GateSet set = GateSetBuilder.Build(this, _module, parameters, depth, weight);
        _sets.Add(set);
        _checked = null;
        return this;
    }

    /// <summary>Gates everything that a layer adds to each of its output channels: weights and bias, or scale and shift.</summary>
    /// <param name="layer">The name of the submodule: a convolution, a linear layer, a batch normalization.</param>
    /// <param name="depth">The gate depth D, a real number of at least 2. The default is 3.</param>
    /// <param name="weight">s, the factor of these groups in the penalty, above 0. The default is 1.</param>
    /// <returns>These gates.</returns>
    /// <remarks>
    /// A batch normalization undoes the scale of the layer before it, so gate the normalization instead of that layer. A channel without
    /// weights but with a bias still adds a constant, and cannot be removed.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no such layer, or its parameters are frozen or gated already.</exception>
    public ModuleGates GateOutputs(string layer, double depth = DefaultDepth, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Module owner = ModuleNames.Get(_module, layer);
        string[] names = [.. owner.named_parameters(recurse: false).Select(held => ModuleNames.Join(layer, held.name))];
        return names.Length > 0
            ? Gate(names, Groups.OutputChannels, depth, weight)
            : throw new ArgumentException($"Submodule '{layer}' has no parameters of its own. Name a layer that has.", nameof(layer));
    }

    /// <summary>Computes the penalty λ Σ_j s_j (‖ω_j‖² + (D − 1) γ_j²) / D, to be added to the loss.</summary>
    /// <param name="lambda">λ, at least 0.</param>
    /// <returns>A scalar. Where the groups are balanced it is λ Σ_j s_j ‖w_j‖^(2/D) (docs/theory.md §1).</returns>
    /// <remarks>Either add it to the loss and call <see cref="Step"/> without λ, or give λ to <see cref="Step"/>; not both.</remarks>
    public Tensor Penalty(double lambda)
    {
        ThrowIfCollapsed();
        CheckLambda(lambda);
        return _sets.Count == 0
            ? zeros(1).sum()
            : _sets.Select(set => set.Penalty()).Aggregate((a, b) => a.add(b, Scalars.One)).mul(Scalars.Of(lambda));
    }

    /// <summary>Carries out a step of the optimizer, after the backward pass of the loss.</summary>
    /// <param name="optimizer">An optimizer of <see cref="Trainable"/>: SGD, with or without momentum, Adam, or another.</param>
    /// <param name="lambda">λ of the coupled decay, at least 0; 0 where <see cref="Penalty"/> is part of the loss.</param>
    /// <exception cref="InvalidOperationException">The optimizer does not train the gates, or trains gated parameters.</exception>
    /// <exception cref="NotSupportedException">The optimizer decays gated parameters apart from the gradient.</exception>
    public void Step(optim.Optimizer optimizer, double lambda = 0)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        if (_checked != optimizer)
        {
            OptimizerCheck.Run(optimizer, _sets);
            _checked = optimizer;
        }

        Backward(lambda);
        optimizer.step();
        Apply();
    }

    /// <summary>Turns the gradients of the gated parameters into those of ω and γ: the first part of <see cref="Step"/>.</summary>
    /// <param name="lambda">λ of the coupled decay, at least 0; 0 where <see cref="Penalty"/> is part of the loss.</param>
    public void Backward(double lambda = 0)
    {
        CheckLambda(lambda);
        ForEach(set => set.Backward(lambda));
    }

    /// <summary>Writes w = ω γ^(D−1) into the module: the last part of <see cref="Step"/>.</summary>
    /// <remarks>A step leaves at least half of every gate, so that none changes its sign (docs/theory.md §4).</remarks>
    public void Apply() => ForEach(set => set.Apply());

    /// <summary>Sets the groups that are nothing beside the largest of their parameter to exact zero, for good.</summary>
    /// <param name="threshold">The share of the largest norm, from 0 to 1. The default is a ten-thousandth.</param>
    /// <returns>The number of groups that were cut.</returns>
    /// <remarks>
    /// Decay alone reaches zero only in the limit (docs/theory.md §6). The largest norm counts as at least a tenth of what it was when the
    /// parameter was gated.
    /// </remarks>
    public int Cut(double threshold = DefaultCutThreshold)
    {
        if (threshold is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "A share of the largest norm is at least 0 and below 1.");
        }

        int count = 0;
        ForEach(set => count += set.Cut(threshold));
        return count;
    }

    /// <summary>Measures the groups of every gated parameter.</summary>
    public IReadOnlyList<GatedGroups> Measure()
    {
        var measured = new List<GatedGroups>();
        ForEach(set => measured.Add(new()
        {
            Name = set.Name,
            Parameters = [.. set.Parts.Select(part => part.Name)],
            Depth = set.Depth,
            Norms = set.Norms(),
            Gates = set.GateValues(),
            PrimaryNorms = set.PrimaryNorms(),
        }));
        return measured;
    }

    /// <summary>Measures how near each gated parameter is to a stationary point of L + λ Σ_j s_j ‖w_j‖^(2/D).</summary>
    /// <param name="lambda">λ, above 0.</param>
    /// <returns>The certificate of each gated parameter, by its name. Its word for a group is a feature.</returns>
    /// <remarks>
    /// It reads the gradient that the module's parameters have: call it after the backward pass of the mean loss over all rows, in
    /// evaluation mode, and before <see cref="Step"/>. After a single batch it measures the noise of the batch too. For D above 2 a group
    /// at zero is always locally stationary, so that the certificate says nothing about groups that have left (docs/theory.md §5).
    /// </remarks>
    public IReadOnlyDictionary<string, StationarityCertificate> Certify(double lambda)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lambda);
        var certificates = new Dictionary<string, StationarityCertificate>();
        ForEach(set => certificates[set.Name] = Certificates.Measure(set, lambda));
        return certificates;
    }

    /// <summary>Ends the gating: the module keeps w, and its parameters are plain again.</summary>
    /// <returns>The module. Its outputs are those of before, to the bit.</returns>
    public Module Collapse()
    {
        Apply();
        Release();
        return _module;
    }

    /// <inheritdoc/>
    public override Module load(
        BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
    {
        using (no_grad())
        {
            base.load(reader, strict, skip, loadedParameters);
        }

        Apply();
        return this;
    }

    /// <inheritdoc/>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
        Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
    {
        (IList<string>, IList<string>) keys = base.load_state_dict(source, strict, skip);
        Apply();
        return keys;
    }

    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
        // Its parameters are registered one by one; the gated module is no part of it.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
        }

        base.Dispose(disposing);
    }

    private static string Named(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        TorchRuntime.EnsureLoaded();
        return nameof(ModuleGates);
    }

    private static void CheckLambda(double lambda)
    {
        if (!(lambda >= 0 && double.IsFinite(lambda)))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ must be a number of at least 0.");
        }
    }

    private void ForEach(Action<GateSet> action)
    {
        ThrowIfCollapsed();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        foreach (GateSet set in _sets)
        {
            action(set);
        }
    }

    private void Release()
    {
        _isCollapsed = true;
        foreach (GateSet set in _sets)
        {
            set.Dispose();
        }

        _sets.Clear();
    }

    private void ThrowIfCollapsed()
    {
        if (_isCollapsed)
        {
            throw new InvalidOperationException("The gates were collapsed or disposed of. Make new ones with new ModuleGates(module).");
        }
    }
}
