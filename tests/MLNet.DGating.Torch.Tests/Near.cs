namespace MLNet.DGating.Torch.Tests;

/// <summary>Closeness of whole vectors: the norm of the difference, relative to the norm of what is expected.</summary>
internal static class Near
{
    public static void Relative(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = Distance(expected, actual), norm = Norm(expected);
        Assert.True(
            difference <= tolerance * norm + double.Epsilon, $"Differs by {difference:g3} of {norm:g3}, relative {difference / norm:g3}.");
    }

    /// <summary>To the tolerance times the norm, or the tolerance itself for vectors shorter than 1.</summary>
    public static void Rounding(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double[] wide = [.. expected.ToArray().Select(value => (double)value)];
        double difference = Distance(wide, [.. actual.ToArray().Select(value => (double)value)]);
        Assert.True(difference <= tolerance * Math.Max(1, Norm(wide)), $"Differs by {difference:g3} of {Norm(wide):g3}.");
    }

    public static double Norm(ReadOnlySpan<double> values) => Math.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares(values));

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b) =>
        a.Length == 0 ? 0 : System.Numerics.Tensors.TensorPrimitives.Distance(a, b);
}
