namespace MLNet.DGating;

/// <summary>Holds the factors of example weights by which all classes have the same total weight.</summary>
internal sealed class ClassFactors
{
    private readonly float[] _factors;

    private ClassFactors(float[] factors) => _factors = factors;

    /// <summary>Computes the factors from training rows: total weight / (number of classes · weight of the class).</summary>
    /// <remarks>A class without rows has the factor 1, and does not count.</remarks>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="weights">The example weight of each row; empty where all are 1.</param>
    /// <param name="classes">The number of classes.</param>
    public static ClassFactors Balanced(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, int classes)
    {
        double[] totals = new double[classes];
        for (int row = 0; row < labels.Length; row++)
        {
            totals[(int)labels[row]] += weights.IsEmpty ? 1 : weights[row];
        }

        double each = totals.Sum() / totals.Count(total => total > 0);
        return new ClassFactors(Array.ConvertAll(totals, total => total > 0 ? (float)(each / total) : 1));
    }

    /// <summary>The factor of a row of a class.</summary>
    public float Of(float label) => _factors[(int)label];
}
