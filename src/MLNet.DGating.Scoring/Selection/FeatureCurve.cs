namespace MLNet.DGating;

/// <summary>What a feature of an additive model adds to a score, whatever the other features are (docs/theory.md §31).</summary>
/// <remarks>
/// The curves of all features and the score of a row at the mean of the training rows add up to the score: log-odds for two classes, a
/// number for each of several before the softmax, the prediction for numbers, all before a link. A feature of one slot has
/// <see cref="Points"/>, one of several slots, of which one is 1, has <see cref="Levels"/>. A feature that is not selected has neither.
/// </remarks>
/// <example>
/// <code>
/// var options = new DGatingBinaryTrainer.Options { Shape = DGatingModelShape.Additive };
/// var model = mlContext.BinaryClassification.Trainers.DGating(options).Fit(data).Model;
/// Console.WriteLine($"At 40, age adds {model.GetCurve("age").At(40)} to the log-odds.");
/// </code>
/// </example>
public sealed class FeatureCurve
{
    private readonly Func<float, double> _value;

    internal FeatureCurve(FeatureGate feature, CurvePoint[] points, CurveLevel[] levels, Func<float, double> value)
    {
        Feature = feature;
        Points = Array.AsReadOnly(points);
        Levels = Array.AsReadOnly(levels);
        _value = value;
    }

    /// <summary>The feature.</summary>
    public FeatureGate Feature { get; }

    /// <summary>The points of a number, from left to right; empty for a category.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>The categories, in the order of their slots; empty for a number.</summary>
    public IReadOnlyList<CurveLevel> Levels { get; }

    /// <summary>Gives what a value of a number adds; 0 for a feature that is not selected.</summary>
    /// <param name="value">The value; NaN where it is missing. What that adds is NaN where missing values were skipped in training.</param>
    /// <exception cref="InvalidOperationException">The feature is a category, which has levels.</exception>
    public float At(float value)
    {
        if (Levels.Count > 0)
        {
            throw new InvalidOperationException($"'{Feature.Name}' has {Levels.Count} slots and no curve: use Levels.");
        }

        return (float)_value(value);
    }
}
