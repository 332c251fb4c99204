using System.Numerics.Tensors;

namespace MLNet.DGating;

/// <summary>Checks that numbers of a model are numbers.</summary>
internal static class Numbers
{
    /// <summary>Whether none is NaN or infinite; true for none at all, unlike <see cref="TensorPrimitives.IsFiniteAll{T}"/>.</summary>
    public static bool AllFinite(ReadOnlySpan<float> values) => values.IsEmpty || TensorPrimitives.IsFiniteAll(values);

    /// <summary>Throws an <see cref="ArgumentException"/> unless there are <paramref name="expectedLength"/> finite numbers.</summary>
    public static void CheckFinite(float[] values, long expectedLength, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Length != expectedLength)
            throw new ArgumentException($"Must hold {expectedLength} numbers, but holds {values.Length}.", name);
        if (!AllFinite(values))
            throw new ArgumentException("Must hold finite numbers only, but holds NaN or infinity.", name);
    }
}
