using System.Numerics.Tensors;

namespace MLNet.DGating;

/// <summary>Checks the numbers that a model consists of.</summary>
internal static class Numbers
{
    /// <summary>Tells whether all values are finite; unlike <see cref="TensorPrimitives.IsFiniteAll{T}"/> also for none at all.</summary>
    public static bool AllFinite(ReadOnlySpan<float> values) => values.IsEmpty || TensorPrimitives.IsFiniteAll(values);

    /// <summary>Throws an <see cref="ArgumentException"/> unless there are <paramref name="expectedLength"/> finite numbers.</summary>
    public static void CheckFinite(float[] values, long expectedLength, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Length != expectedLength)
        {
            throw new ArgumentException($"Must hold {expectedLength} numbers, but holds {values.Length}.", name);
        }

        if (!AllFinite(values))
        {
            throw new ArgumentException("Must hold finite numbers only, but holds NaN or infinity.", name);
        }
    }
}
