using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace MLNet.DGating.Modules.Layers;

/// <summary>Exchanges the weight of a convolution, and sets the numbers of channels that it checks its input by.</summary>
/// <remarks>
/// TorchSharp lets the weight of a convolution be exchanged, but not these numbers, which have no setter. Writing their fields keeps the
/// module that a network already has, so that any network can be compacted in place.
/// </remarks>
internal static class ConvolutionSizes
{
    public static void SetWeight(Convolution layer, Parameter weight, long groups)
    {
        (layer.weight, layer.groups) = (weight, groups);
        (int input, int output) = layer.transposed ? (0, 1) : (1, 0);
        Inputs(layer) = weight.shape[input] * (layer.transposed ? 1 : groups);
        Outputs(layer) = weight.shape[output] * (layer.transposed ? groups : 1);
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<in_channels>k__BackingField")]
    private static extern ref long Inputs(Convolution layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<out_channels>k__BackingField")]
    private static extern ref long Outputs(Convolution layer);
}
