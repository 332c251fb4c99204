using MLNet.DGating.Torch.Interop;
using TorchSharp;

namespace MLNet.DGating.Modules.Gates;

/// <summary>Makes scalars that live until the operation is over (<see cref="LiveScalar"/>).</summary>
internal static class Scalars
{
    public static Scalar One => LiveScalar.Of(1.0);

    public static Scalar Of(double value) => LiveScalar.Of(value);
}
