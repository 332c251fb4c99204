using TorchSharp;

namespace MLNet.DGating.Torch.Interop;

/// <summary>Creates scalars for torch operations that are not collected before the call is over.</summary>
/// <remarks>
/// TorchSharp passes a scalar's address to libtorch without a reference to the object, so the garbage collector can free the temporary of
/// an implicit conversion before libtorch has read it. That includes the scalars that TorchSharp creates itself: add_(x) is add_(x, 1), and
/// square() is pow(2).
/// </remarks>
internal static class LiveScalar
{
    // The number of scalars kept on each thread, which is more than any one expression needs.
    private const int Kept = 32;

    [ThreadStatic]
    private static Scalar?[]? s_recent;

    [ThreadStatic]
    private static int s_next;

    /// <summary>Creates a scalar for tensors of floating-point numbers.</summary>
    public static Scalar Of(double value) => Keep(value.ToScalar());

    /// <summary>Creates a scalar for tensors of integers.</summary>
    public static Scalar Of(long value) => Keep(value.ToScalar());

    private static Scalar Keep(Scalar scalar)
    {
        Scalar?[] recent = s_recent ??= new Scalar?[Kept];
        s_next = (s_next + 1) % Kept;
        recent[s_next]?.Dispose();
        return recent[s_next] = scalar;
    }
}
