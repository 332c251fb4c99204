namespace MLNet.DGating.Modules;

/// <summary>Lets a module of your own say which of its layers reads the channels of which.</summary>
/// <remarks><see cref="ResidualBlock"/> and <see cref="SelfAttention"/> implement it; so may any module.</remarks>
/// <example>
/// <code>
/// internal sealed class Twice : torch.nn.Module&lt;torch.Tensor, torch.Tensor&gt;, IWired
/// {
///     private readonly torch.nn.Module&lt;torch.Tensor, torch.Tensor&gt; first = torch.nn.Linear(8, 8), second = torch.nn.Linear(8, 8);
///
///     public Twice()
///         : base(nameof(Twice)) =&gt; RegisterComponents();
///
///     public override torch.Tensor forward(torch.Tensor input) =&gt; second.call(torch.nn.functional.relu(first.call(input)));
///
///     public Channels? Wire(ModuleWiring wiring, string name, Channels? input) =&gt; wiring.Pass(
///         ModuleWiring.Join(name, "second"), wiring.Rectify(wiring.Pass(ModuleWiring.Join(name, "first"), input)!));
/// }
/// </code>
/// </example>
public interface IWired
{
    /// <summary>Describes the module.</summary>
    /// <param name="wiring">The wiring of the whole network.</param>
    /// <param name="name">
    /// The module's name in the network, empty for the network itself; <see cref="ModuleWiring.Join"/> adds a layer's.
    /// </param>
    /// <param name="input">The channels that the module reads; null where they are fixed.</param>
    /// <returns>The channels that the module makes; null where they are fixed, as the output of a network is.</returns>
    Channels? Wire(ModuleWiring wiring, string name, Channels? input);
}
