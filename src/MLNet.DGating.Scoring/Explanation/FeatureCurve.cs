using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>What a feature of an additive model adds to a score, whatever the other features are (docs/theory.md §31).</summary>
/// <remarks>
/// The curves of all features and the score of a row at the mean of the training rows add up to the score: log-odds for two classes, a
/// number for each of several before the softmax, the prediction for numbers, all before a link. A feature of one slot has
/// <see cref="Points"/>, one of several slots, of which one is 1, has <see cref="Levels"/>. A feature that is not selected has neither.
/// </remarks>
public sealed class FeatureCurve
{
    private readonly float[] _xs;

    internal FeatureCurve(FeatureGate feature, CurvePoint[] points, CurveLevel[] levels, float? missing)
    {
        Feature = feature;
        Points = Array.AsReadOnly(points);
        Levels = Array.AsReadOnly(levels);
        Missing = missing;
        _xs = Array.ConvertAll(points, point => point.X);
    }

    /// <summary>The feature.</summary>
    public FeatureGate Feature { get; }

    /// <summary>The points of a number, from left to right; empty for a category.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>The categories, in the order of their slots; empty for a number.</summary>
    public IReadOnlyList<CurveLevel> Levels { get; }

    /// <summary>What a missing value of a number adds; null where the score of such a row is NaN, and for a category.</summary>
    public float? Missing { get; }

    /// <summary>Gives what a value of a number adds; 0 for a feature that is not selected.</summary>
    /// <param name="value">The value; NaN where it is missing.</param>
    /// <exception cref="InvalidOperationException">The feature is a category, which has levels.</exception>
    public float At(float value)
    {
        if (Levels.Count > 0)
        {
            throw new InvalidOperationException($"'{Feature.Name}' has {Levels.Count} slots and no curve: use Levels.");
        }

        if (_xs.Length == 0)
        {
            return 0;
        }

        if (float.IsNaN(value))
        {
            return Missing ?? float.NaN;
        }

        if (value <= _xs[0] || value >= _xs[^1])
        {
            return Points[value <= _xs[0] ? 0 : ^1].Y;
        }

        int left = IntervalSearch.LowerEdge(_xs, value);
        (CurvePoint from, CurvePoint to) = (Points[left], Points[left + 1]);
        return (float)(from.Y + ((double)to.Y - from.Y) * (((double)value - from.X) / ((double)to.X - from.X)));
    }
}
