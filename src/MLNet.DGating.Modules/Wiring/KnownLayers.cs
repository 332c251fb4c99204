using TorchSharp.Modules;

namespace MLNet.DGating.Modules.Wiring;

/// <summary>Knows the layers without parameters that work on each channel by itself and take zero to zero.</summary>
internal static class KnownLayers
{
    public static bool TakeZeroToZero(Module layer) => layer is
        GELU or SiLU or Tanh or LeakyReLU or ELU or SELU or CELU or ReLU6 or Mish or Hardswish or Hardtanh or Softsign or Tanhshrink
        or MaxPool1d or MaxPool2d or MaxPool3d or AvgPool1d or AvgPool2d or AvgPool3d
        or AdaptiveAvgPool1d or AdaptiveAvgPool2d or AdaptiveAvgPool3d or AdaptiveMaxPool1d or AdaptiveMaxPool2d or AdaptiveMaxPool3d
        or Dropout or Dropout1d or Dropout2d or Dropout3d or Flatten or Identity or Upsample or ZeroPad2d;
}
