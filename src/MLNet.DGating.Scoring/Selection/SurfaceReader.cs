using System.Globalization;
using MLNet.DGating.Model;

namespace MLNet.DGating;

/// <summary>Reads the surface of a pair from the neurons of its block.</summary>
/// <remarks>
/// A neuron that reads a number alone rises from 0 to 1 between two points of the surface, so that the points of a number are seen in them.
/// </remarks>
/// <param name="pairs">The pairs of a network.</param>
/// <param name="block">The neurons of the pair.</param>
internal sealed class SurfaceReader(PairBlocks pairs, PairBlock block)
{
    private readonly DenseLayer _hidden = pairs.Network.Hidden[0];
    private readonly InputEncoding _encoding = pairs.Network.Inputs.Encoding;
    private readonly int[] _slots = pairs.Network.Inputs.Slots.ToArray();
    private readonly int[] _indicated = pairs.Network.Inputs.Indicated.ToArray();

    /// <summary>Reads the surface for an output.</summary>
    /// <param name="pair">The pair, with the features in the order that is wanted.</param>
    /// <param name="slotNames">The names of all slots.</param>
    /// <param name="output">The output.</param>
    public FeatureSurface Read(FeaturePair pair, string[] slotNames, int output)
    {
        SurfacePoint[] rows = Points(pair.First, slotNames), columns = Points(pair.Second, slotNames);
        double[][] ofRows = Array.ConvertAll(rows, point => Parts(pair.First, point));
        double[][] ofColumns = Array.ConvertAll(columns, point => Parts(pair.Second, point));
        float[,] values = new float[rows.Length, columns.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                values[row, column] = (float)Value(ofRows[row], ofColumns[column], output);
            }
        }

        return new FeatureSurface(pair, rows, columns, values, (first, second) => Value(
            Parts(pair.First, new SurfacePoint("", first, pair.First.Slots[0])),
            Parts(pair.Second, new SurfacePoint("", second, pair.Second.Slots[0])), output));
    }

    private SurfacePoint[] Points(FeatureGate feature, string[] slotNames)
    {
        if (feature.Slots.Count > 1)
        {
            return
            [
                .. feature.Slots.Select(slot => new SurfacePoint(SlotNaming.LevelName(slotNames[slot], feature.Name), float.NaN, slot)),
            ];
        }

        int only = feature.Slots[0], place = Array.BinarySearch(_slots, only);
        IEnumerable<SurfacePoint> numbers = Enumerable.Range(block.Start, block.Count).SelectMany(neuron => Rise(neuron, place, feature))
            .Distinct().Order().Select(x => new SurfacePoint(x.ToString("G6", CultureInfo.InvariantCulture), x, only));
        return Array.BinarySearch(_indicated, place) < 0 ? [.. numbers] : [.. numbers, new SurfacePoint("missing", float.NaN, only)];
    }

    // Where a neuron that reads a number alone is 0 for the last time, and 1 for the first.
    private float[] Rise(int neuron, int place, FeatureGate feature)
    {
        int[] columns = [.. ColumnsOf(place).Where(column => Weight(column, neuron) != 0)];
        bool isAlone = columns.Length > 0 && Others(feature).SelectMany(ColumnsOf).All(column => Weight(column, neuron) == 0);
        if (!isAlone)
        {
            return [];
        }

        int first = columns[0], last = columns[^1];
        float weight = Weight(first, neuron), bias = _hidden.Bias[neuron];
        return first == _encoding.FirstColumn(place)
            ? [Inverse(first, -bias / weight), Inverse(first, (1 - bias) / weight)]
            : [_encoding.Offsets[first], Inverse(last, _encoding.Highs[last])];
    }

    // The value of the input of a column that was scaled, but not centred.
    private float Inverse(int column, double scaled) => (float)(_encoding.Offsets[column] + scaled / _encoding.Scales[column]);

    // The inputs of other features.
    private IEnumerable<int> Others(FeatureGate feature) =>
        Enumerable.Range(0, _encoding.Inputs).Where(input => !feature.Slots.Contains(SlotOf(input)));

    private IEnumerable<int> ColumnsOf(int input) => Enumerable.Range(_encoding.FirstColumn(input), _encoding.ColumnCount(input));

    private int SlotOf(int input) => _slots[input < _slots.Length ? input : _indicated[input - _slots.Length]];

    private float Weight(int column, int neuron) => _hidden.Weights[column * _hidden.Outputs + neuron];

    // What the inputs of a feature add to the neurons of the block.
    private double[] Parts(FeatureGate feature, SurfacePoint point)
    {
        double[] parts = new double[_hidden.Outputs];
        for (int input = 0; input < _encoding.Inputs; input++)
        {
            int slot = SlotOf(input);
            if (!feature.Slots.Contains(slot))
            {
                continue;
            }

            float value = feature.Slots.Count > 1 ? slot == point.Slot ? 1 : 0 : point.X;
            value = input < _slots.Length ? value : float.IsNaN(value) ? 1 : 0;
            foreach (int column in ColumnsOf(input))
            {
                float encoded = _encoding.Encode(column, value);
                for (int neuron = block.Start; neuron < block.Start + block.Count; neuron++)
                {
                    parts[neuron] += Weight(column, neuron) == 0 ? 0 : (double)encoded * Weight(column, neuron);
                }
            }
        }

        return parts;
    }

    private double Value(double[] first, double[] second, int output)
    {
        double[] values = new double[_hidden.Outputs];
        for (int neuron = block.Start; neuron < block.Start + block.Count; neuron++)
        {
            values[neuron] = _hidden.Bias[neuron] + first[neuron] + second[neuron];
        }

        return pairs.Value(block, values, output);
    }
}
