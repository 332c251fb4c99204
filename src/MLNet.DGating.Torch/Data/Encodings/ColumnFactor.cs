namespace MLNet.DGating.Torch.Data.Encodings;

/// <summary>Gives the factors with which columns enter a linear part: a / (deviation + c) (docs/theory.md §19, §31).</summary>
/// <remarks>
/// Columns of narrow intervals vary little, and gradient descent would need long for their weights. The larger c, the less are they
/// enlarged, and the smoother are the curves that training comes to first.
/// </remarks>
/// <param name="Scale">a, the factor of a column of deviation 1 - c.</param>
/// <param name="LeastDeviation">c, above 0, which bounds the factors of nearly constant columns.</param>
internal readonly record struct ColumnFactor(double Scale, double LeastDeviation)
{
    /// <summary>c times the root of the number of rows, for curves of their own.</summary>
    private const double Roughness = 16;

    /// <summary>The factors of a linear part beside a network.</summary>
    public static ColumnFactor BesideNetwork { get; } = new(1, 0.03);

    /// <summary>Gives the factors of a model that consists of its curves.</summary>
    /// <remarks>
    /// The rise over an interval that varies with deviation d is known up to an error of 1/(d √rows), so that c falls as this does. A
    /// standardized column has the factor 1.
    /// </remarks>
    /// <param name="rows">The number of training rows.</param>
    public static ColumnFactor OfCurves(int rows)
    {
        double least = Math.Max(BesideNetwork.LeastDeviation, Roughness / Math.Sqrt(rows));
        return new ColumnFactor(1 + least, least);
    }

    /// <summary>Gives the factor of a column.</summary>
    /// <param name="deviation">The deviation of the encoded column over the training rows.</param>
    public float Of(double deviation) => (float)(Scale / (deviation + LeastDeviation));
}
