namespace MLNet.DGating;

/// <summary>What two features of an additive model with pairs add to a score together, beyond their curves (docs/theory.md §32).</summary>
/// <remarks>
/// It has what no curve can say: over the training rows its mean is 0, and so is that at every point of one of the features alone, each row
/// counted at the points around it. Curves and surfaces at the values of a row add up to its score, less the reference score.
/// </remarks>
/// <example>
/// <code>
/// var options = new DGatingRegressionTrainer.Options { Shape = DGatingModelShape.AdditiveWithPairs };
/// var model = mlContext.Regression.Trainers.DGating(options).Fit(data).Model;
/// foreach (FeaturePair pair in model.FeatureSelection.Pairs)
/// {
///     FeatureSurface surface = model.GetSurface(pair.First.Name, pair.Second.Name);
///     Console.WriteLine($"{pair}: {surface.Rows.Count} × {surface.Columns.Count} points");
/// }
/// </code>
/// </example>
public sealed class FeatureSurface
{
    private readonly float[,] _values;
    private readonly Func<float, float, double> _value;

    internal FeatureSurface(
        FeaturePair pair, SurfacePoint[] rows, SurfacePoint[] columns, float[,] values, Func<float, float, double> value)
    {
        Pair = pair;
        Rows = Array.AsReadOnly(rows);
        Columns = Array.AsReadOnly(columns);
        (_values, _value) = (values, value);
    }

    /// <summary>The pair, in the order that was asked for.</summary>
    public FeaturePair Pair { get; }

    /// <summary>The points of the first feature: values of a number from the least on, or categories.</summary>
    /// <remarks>
    /// Between the points of numbers the surface is a plane on each of two triangles, beyond the last ones it is constant.
    /// </remarks>
    public IReadOnlyList<SurfacePoint> Rows { get; }

    /// <summary>The points of the second feature.</summary>
    public IReadOnlyList<SurfacePoint> Columns { get; }

    /// <summary>Gives what a point of both adds to the score.</summary>
    /// <param name="row">The place of the point in <see cref="Rows"/>.</param>
    /// <param name="column">The place of the point in <see cref="Columns"/>.</param>
    public float this[int row, int column] => _values[row, column];

    /// <summary>Gives what the values of two numbers add to the score.</summary>
    /// <param name="first">The value of the first feature; NaN where it is missing.</param>
    /// <param name="second">The value of the second feature; NaN where it is missing.</param>
    /// <exception cref="InvalidOperationException">One of the features is a category, which has points.</exception>
    public float At(float first, float second)
    {
        FeatureGate[] categories = [.. new[] { Pair.First, Pair.Second }.Where(feature => feature.Slots.Count > 1)];
        return categories.Length == 0
            ? (float)_value(first, second)
            : throw new InvalidOperationException(
                $"'{categories[0].Name}' has {categories[0].Slots.Count} slots and no number: use the points of Rows and Columns.");
    }
}
