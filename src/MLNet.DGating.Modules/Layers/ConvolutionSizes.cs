using System.Runtime.CompilerServices;
using TorchSharp.Modules;

namespace MLNet.DGating.Modules.Layers;

/// <summary>Sets the numbers of channels that a convolution of TorchSharp checks its input by.</summary>
/// <remarks>
/// TorchSharp lets the weight of a convolution be exchanged, but not these numbers, which have no setter. Writing their fields keeps the
/// module that a network already has, so that any network can be compacted in place.
/// </remarks>
internal static class ConvolutionSizes
{
    public static void Set(Convolution layer, long inputs, long outputs)
    {
        Inputs(layer) = inputs;
        Outputs(layer) = outputs;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<in_channels>k__BackingField")]
    private static extern ref long Inputs(Convolution layer);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<out_channels>k__BackingField")]
    private static extern ref long Outputs(Convolution layer);
}
