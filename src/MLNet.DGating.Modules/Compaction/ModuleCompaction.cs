using System.Runtime.InteropServices;
using MLNet.DGating.Modules.Compaction;
using MLNet.DGating.Modules.Gates;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules;

/// <summary>Removes dead channels, neurons and heads from a network, whose outputs stay what they were.</summary>
public static class ModuleCompaction
{
    /// <summary>The largest difference of outputs that the check allows, relative to the largest output.</summary>
    public const double DefaultTolerance = 1e-5;

    /// <summary>Removes everything that is exactly zero, or that nothing reads, in all layers that hold a part of it.</summary>
    /// <param name="module">The network, with its gates collapsed.</param>
    /// <param name="wiring">Which layer reads the channels of which. Null: <see cref="ModuleWiring.Of"/> reads it.</param>
    /// <param name="example">
    /// An input of the network, by which it is checked that the wiring is right: the outputs before and after must agree. Null: no check.
    /// </param>
    /// <param name="tolerance">The largest difference of outputs, relative to the largest output. The default is 1e-5.</param>
    /// <returns>What is left of every set of channels.</returns>
    /// <remarks>
    /// The layers are the same objects with new, smaller parameters: make a new optimizer for further training. At least one channel of a
    /// layer stays. A dead channel that still adds a constant stays too, since padding keeps the constant from being folded exactly into
    /// the next layer: gate scale and shift, or weights and bias, together (<see cref="ModuleGates.GateOutputs"/>).
    /// </remarks>
    /// <example>
    /// <code>
    /// using var gates = new ModuleGates(network).GateOutputs("conv1");
    /// // … training …
    /// gates.Cut();
    /// gates.Collapse();
    /// network.Compact(ModuleWiring.Of(network), example: images);
    /// </code>
    /// </example>
    /// <exception cref="InvalidOperationException">
    /// The module is gated still, or the outputs change; then everything is put back as it was.
    /// </exception>
    public static IReadOnlyList<CompactedChannels> Compact(
        this Module module, ModuleWiring? wiring = null, Tensor? example = null, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(module);
        CheckCollapsed(module);
        ModuleWiring wires = wiring ?? ModuleWiring.Of(module);
        if (wires.Target != module)
        {
            throw new ArgumentException("The wiring describes another module. Make it for the one that is compacted.", nameof(wiring));
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor? before = example is null ? null : Output(module, example);
        var compactor = new Compactor(wires);
        IReadOnlyList<CompactedChannels> result = compactor.Run();
        if (before is not null)
        {
            Check(module, example!, before, compactor, tolerance);
        }

        return result;
    }

    private static void Check(Module module, Tensor example, Tensor before, Compactor compactor, double tolerance)
    {
        string? fault;
        try
        {
            using Tensor after = Output(module, example);
            double difference = Difference(before, after);
            fault = difference <= tolerance ? null : $"the outputs differ by {difference:g2} of the largest, more than {tolerance:g2}";
        }
        catch (Exception exception) when (exception is ExternalException or ArgumentException)
        {
            fault = $"the forward method fails: {exception.Message.Split('\n')[0]}";
        }

        if (fault is not null)
        {
            compactor.Restore();
            throw new InvalidOperationException(
                $"After the dead channels were removed, {fault}. So the wiring leaves out a layer, or something between layers "
                + "does not take zero to zero. The module is as it was before.");
        }
    }

    private static double Difference(Tensor before, Tensor after)
    {
        if (!before.shape.SequenceEqual(after.shape))
        {
            return double.PositiveInfinity;
        }

        using Tensor size = before.abs().max(), difference = before.sub(after).abs().max();
        double largest = size.to_type(float64).item<double>();
        return difference.to_type(float64).item<double>() / Math.Max(largest, double.Epsilon);
    }

    private static Tensor Output(Module module, Tensor example)
    {
        if (module is not nn.Module<Tensor, Tensor> network)
        {
            throw new ArgumentException(
                $"A {module.GetType().Name} takes more than one tensor, so that an example cannot be checked. Leave it out.",
                nameof(example));
        }

        using IDisposable noGradient = no_grad();
        using var evaluation = new EvaluationScope(module);
        return network.call(example);
    }

    private static void CheckCollapsed(Module module)
    {
        if (GatedMarks.Any(module) || module.modules().Any(GatedMarks.Any))
        {
            throw new InvalidOperationException("The module has gates, whose ω would not fit the smaller parameters. Call Collapse first.");
        }
    }
}
