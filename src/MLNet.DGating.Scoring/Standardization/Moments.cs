namespace MLNet.DGating;

/// <summary>The mean and the deviation that a column is standardized with.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; 1 where all values are the same.</param>
internal readonly record struct Moments(double Mean, double Deviation)
{
    /// <summary>Returns a value, standardized. NaN stays NaN.</summary>
    public float Of(double value) => (float)((value - Mean) / Deviation);
}
