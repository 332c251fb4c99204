using TorchSharp;

namespace MLNet.DGating.Torch.Interop;

/// <summary>Scalars for torch operations that live until the call is over.</summary>
/// <remarks>
/// TorchSharp hands a scalar's address to libtorch without keeping the object alive; the temporary that an implicit conversion makes can be
/// freed by the collector before libtorch has read it. That includes the ones TorchSharp makes itself: add_(x) is add_(x, 1), square() is
/// pow(2).
/// </remarks>
internal static class LiveScalar
{
    // More than any one expression takes.
    private const int Kept = 32;

    [ThreadStatic]
    private static Scalar?[]? s_recent;

    [ThreadStatic]
    private static int s_next;

    public static Scalar Of(double value) => Keep(value.ToScalar());

    /// <summary>For tensors of whole numbers, which take no other.</summary>
    public static Scalar Of(long value) => Keep(value.ToScalar());

    private static Scalar Keep(Scalar scalar)
    {
        Scalar?[] recent = s_recent ??= new Scalar?[Kept];
        s_next = (s_next + 1) % Kept;
        recent[s_next]?.Dispose();
        return recent[s_next] = scalar;
    }
}
