using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Reads the curves of a network from its weights (docs/theory.md §31).</summary>
/// <remarks>
/// Hidden layers may only be those of pairs of features, which have no part in the curves (§32). A column is linear between its bounds, so
/// that a curve is known exactly from its values at the bounds of all columns.
/// </remarks>
/// <param name="network">The network.</param>
internal sealed class AdditiveCurves(CollapsedNetwork network)
{
    private readonly InputEncoding _encoding = network.Inputs.Encoding;
    private readonly int[] _slots = network.Inputs.Slots.ToArray();
    private readonly int[] _indicated = network.Inputs.Indicated.ToArray();

    /// <summary>The number of outputs of the network.</summary>
    public int Outputs => network.OutputCount;

    /// <summary>Gives the curve of a feature for an output.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="slotNames">The names of all slots.</param>
    /// <param name="output">The output.</param>
    public FeatureCurve Of(FeatureGate feature, string[] slotNames, int output)
    {
        if (!feature.IsSelected)
        {
            return new FeatureCurve(feature, [], [], _ => 0);
        }

        if (feature.Slots.Count > 1)
        {
            double none = feature.Slots.Sum(slot => Value(slot, 0, output));
            CurveLevel[] levels =
            [
                .. feature.Slots.Select(slot => new CurveLevel(
                    SlotNaming.LevelName(slotNames[slot], feature.Name), slot,
                    (float)(none - Value(slot, 0, output) + Value(slot, 1, output)))),
            ];
            return new FeatureCurve(feature, [], levels, _ => double.NaN);
        }

        int only = feature.Slots[0];
        CurvePoint[] points = [.. Bounds(PlaceOf(only), output).Select(x => new CurvePoint(x, (float)Value(only, x, output)))];
        return new FeatureCurve(feature, points, [], value => Value(only, value, output));
    }

    private int PlaceOf(int slot) => Array.BinarySearch(_slots, slot);

    // The values at which a column with a weight reaches a bound.
    private IEnumerable<float> Bounds(int input, int output) =>
        Enumerable.Range(_encoding.FirstColumn(input), _encoding.ColumnCount(input)).Where(column => Weight(column, output) != 0)
            .SelectMany(column => new[] { _encoding.Lows[column], _encoding.Highs[column] }.Select(bound =>
                (float)(_encoding.Offsets[column] + (double)bound / _encoding.Scales[column])))
            .Where(float.IsFinite).Distinct().Order();

    // What a value of a slot adds to an output; 0 for a slot that is not read.
    private double Value(int slot, float value, int output)
    {
        int place = PlaceOf(slot);
        if (place < 0)
        {
            return 0;
        }

        int indicator = Array.BinarySearch(_indicated, place);
        double sum = OfInput(place, value, output);
        return indicator < 0 ? sum : sum + OfInput(_slots.Length + indicator, float.IsNaN(value) ? 1 : 0, output);
    }

    private double OfInput(int input, float value, int output)
    {
        double sum = 0;
        for (int column = _encoding.FirstColumn(input); column < _encoding.FirstColumn(input + 1); column++)
        {
            sum += _encoding.Encode(column, value) * Weight(column, output);
        }

        return sum;
    }

    private double Weight(int column, int output)
    {
        int place = column * network.OutputCount + output;
        return (network.Hidden.Count == 0 ? (double)network.Output.Weights[place] : 0) + (network.Skip?[place] ?? 0);
    }
}
