using MLNet.DGating.Modules.Compaction;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.DGating.Modules.Reports;

/// <summary>Counts the operations of every layer while a network computes the output of an example.</summary>
/// <remarks>
/// Hooks on convolutions, linear layers and <see cref="SelfAttention"/> see the sizes of what passes through. A layer whose
/// <c>forward</c> is called directly, and not through <c>call</c>, has no hooks and is not counted.
/// </remarks>
internal static class CostMeter
{
    public static IReadOnlyList<LayerCost> Measure(Module module, Tensor example)
    {
        if (module is not nn.Module<Tensor, Tensor> network)
        {
            throw new ArgumentException($"A {module.GetType().Name} takes more than one tensor, so that its operations cannot be counted.");
        }

        var costs = new List<LayerCost>();
        var removers = new List<IDisposable>();
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        using var evaluation = new EvaluationScope(module);
        try
        {
            foreach ((string name, Module layer) in module.named_modules().Append(("", module)).Distinct())
            {
                if (layer is nn.Module<Tensor, Tensor> counted && counted is Convolution or Linear or SelfAttention)
                {
                    removers.Add(new Hook(counted, (input, output) => costs.Add(new(name, Flops(layer, input, output)))));
                }
            }

            using Tensor result = network.call(example);
        }
        finally
        {
            removers.ForEach(remover => remover.Dispose());
        }

        double rows = example.shape[0];
        return [.. costs.GroupBy(cost => cost.Layer).Select(group => new LayerCost(group.Key, group.Sum(cost => cost.Flops) / rows))];
    }

    // Every output of a convolution reads the kernel of its group's inputs; every input of a transposed one writes as many.
    private static double Flops(Module layer, Tensor input, Tensor output) => layer switch
    {
        Convolution { transposed: true } convolution => 2.0 * input.numel() * PerChannel(convolution.weight),
        Convolution convolution => 2.0 * output.numel() * PerChannel(convolution.weight),
        Linear linear => 2.0 * (linear.in_features == 0 ? 0 : input.numel() / linear.in_features) * linear.weight.numel(),
        SelfAttention attention => attention.Flops(input),
        _ => 0,
    };

    private static double PerChannel(Parameter weight) => weight.shape[0] == 0 ? 0 : (double)weight.numel() / weight.shape[0];

    private sealed class Hook : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor>.HookRemover _remover;

        public Hook(nn.Module<Tensor, Tensor> layer, Action<Tensor, Tensor> seen)
        {
            _remover = layer.register_forward_hook((_, input, output) =>
            {
                seen(input, output);
                return output;
            });
        }

        public void Dispose() => _remover.remove();
    }
}
