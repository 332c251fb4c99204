using MLNet.DGating.Modules.Reports;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules;

/// <summary>Measures how sparse a network is.</summary>
/// <example>
/// <code>
/// Console.WriteLine(Sparsity.Report(network, inputShape: [3, 32, 32]));
/// </code>
/// </example>
public static class Sparsity
{
    /// <summary>Counts groups, parameters and operations of a network.</summary>
    /// <param name="module">The network.</param>
    /// <param name="inputShape">The shape of an input, the batch first: [1, 3, 32, 32]. Null: operations are not counted.</param>
    /// <param name="gates">The gates that are trained; null for none.</param>
    /// <param name="wiring">Which layer reads the channels of which; null: nothing is known of what a compaction would leave.</param>
    /// <param name="inputType">The type of the input. The default is float32; networks that read tokens need int64.</param>
    public static SparsityReport Report(
        Module module, long[]? inputShape = null, ModuleGates? gates = null, ModuleWiring? wiring = null,
        ScalarType inputType = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(module);
        long parameters = module.parameters().Sum(parameter => parameter.numel());
        LivingShares? living = wiring is null ? null : new LivingShares(wiring);
        double flops = double.NaN, livingFlops = double.NaN;
        if (inputShape is not null)
        {
            Device device = module.parameters().Select(parameter => parameter.device).FirstOrDefault() ?? CPU;
            using Tensor example = zeros(inputShape, inputType, device);
            IReadOnlyList<LayerCost> costs = CostMeter.Measure(module, example);
            flops = costs.Sum(cost => cost.Flops);
            livingFlops = living is null ? flops : costs.Sum(living.Flops);
        }

        return new()
        {
            Groups = gates?.Measure() ?? [],
            Parameters = parameters,
            Flops = flops,
            LivingParameters = living?.Parameters() ?? parameters,
            LivingFlops = livingFlops,
        };
    }
}
