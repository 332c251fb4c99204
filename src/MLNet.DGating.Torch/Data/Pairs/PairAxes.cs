using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Pairs;

/// <summary>Finds the nodes of features on training rows (docs/theory.md §32).</summary>
/// <param name="data">The training set.</param>
/// <param name="encoding">The piecewise-linear encoding of its inputs, whose edges nodes are taken from.</param>
/// <param name="rows">The numbers of the rows.</param>
internal sealed class PairAxes(TrainingSet data, InputEncoding encoding, int[] rows)
{
    /// <summary>The most intervals of a number.</summary>
    public const int Intervals = 8;

    /// <summary>The most values of a category with a node of their own: the most frequent ones. All others share node 0.</summary>
    public const int MostLevels = 12;

    /// <summary>The share of the rows below the first node of a number, and above its last: tails do not stretch the grid.</summary>
    private const double Tail = 0.01;

    private readonly int[][] _groups =
        [.. Enumerable.Range(0, data.Groups.Count).Select(group => data.Groups.InputsOf([group]))];

    /// <summary>Gives the axis of a group; null where it has several numbers, several values at a time, or one value alone.</summary>
    public PairAxis? Of(int group)
    {
        int[] inputs = _groups[group];
        float[][] values = Read(inputs);
        bool[] isIndicator = Array.ConvertAll(inputs, data.Features.IsIndicator);
        int numbers = isIndicator.Count(isOne => !isOne);
        return numbers switch
        {
            1 when encoding.ColumnCount(inputs[0]) > 1 => OfNumber(inputs, values[0]),
            > 1 when isIndicator.Contains(true) => null,
            _ => OfLevels(inputs, values, indicatesMissing: isIndicator is [false, true]),
        };
    }

    // A number, and behind it what indicates that it is missing, if anything does.
    private PairAxis OfNumber(int[] inputs, float[] values)
    {
        float[] fine = Edges(inputs[0]);
        int[] nodes = Nodes(fine, values);
        var steps = new List<AxisStep>();
        for (int i = 0; i + 1 < nodes.Length; i++)
        {
            steps.Add(new AxisStep(0, fine[nodes[i]], fine[nodes[i + 1]], nodes[i], nodes[i + 1] - nodes[i]));
        }

        if (inputs.Length > 1)
        {
            steps.Add(new AxisStep(1, 0, 1));
        }

        return new PairAxis(inputs, Array.ConvertAll(nodes, node => fine[node]), [.. steps]) { IndicatesMissing = inputs.Length > 1 };
    }

    // The edges of the intervals of a number: that behind the last one follows from its width.
    private float[] Edges(int input)
    {
        int first = encoding.FirstColumn(input) + 1, last = encoding.FirstColumn(input + 1) - 1;
        float end = encoding.Offsets[last] + encoding.Highs[last] / encoding.Scales[last];
        return [.. encoding.Offsets.AsSpan(first, last - first + 1), end];
    }

    private static int[] Nodes(float[] fine, float[] values)
    {
        if (fine.Length <= Intervals + 1)
        {
            return [.. Enumerable.Range(0, fine.Length)];
        }

        float[] sorted = [.. values.Where(value => !float.IsNaN(value)).Order()];
        IEnumerable<double> shares = Enumerable.Range(1, Intervals - 1).Select(i => (double)i / Intervals).Prepend(Tail).Append(1 - Tail);
        int[] nodes = [.. shares.Select(share => Nearest(fine, sorted[(int)(share * (sorted.Length - 1))])).Distinct().Order()];
        return nodes.Length > 1 ? nodes : [0, fine.Length - 1];
    }

    private static int Nearest(float[] fine, float value)
    {
        int found = Array.BinarySearch(fine, value);
        int behind = Math.Clamp(found < 0 ? ~found : found, 1, fine.Length - 1);
        return value - fine[behind - 1] < fine[behind] - value ? behind - 1 : behind;
    }

    // Each input has two values, and at most one is at its larger one.
    private PairAxis? OfLevels(int[] inputs, float[][] values, bool indicatesMissing)
    {
        (float Low, float High)[] ranges = Array.ConvertAll(values, column => Range([.. column.Where(value => !float.IsNaN(value))]));
        int[] counts = new int[inputs.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            int reached = 0;
            for (int i = 0; i < inputs.Length; i++)
            {
                float value = values[i][row];
                if (value != ranges[i].Low && value != ranges[i].High && !float.IsNaN(value))
                {
                    return null;
                }

                bool isReached = value == ranges[i].High && ranges[i].High > ranges[i].Low;
                reached += isReached ? 1 : 0;
                counts[i] += isReached ? 1 : 0;
            }

            if (reached > 1)
            {
                return null;
            }
        }

        int[] frequent =
        [
            .. Enumerable.Range(0, inputs.Length).Where(i => counts[i] > 0).OrderByDescending(i => counts[i]).Take(MostLevels).Order(),
        ];
        return frequent.Length == 0
            ? null
            : new PairAxis(inputs, [], Array.ConvertAll(frequent, i => new AxisStep(i, ranges[i].Low, ranges[i].High)))
            {
                IndicatesMissing = indicatesMissing,
            };
    }

    private static (float Low, float High) Range(float[] values) => values.Length == 0 ? (0, 0) : (values.Min(), values.Max());

    private float[][] Read(int[] inputs)
    {
        float[][] columns = Array.ConvertAll(inputs, _ => new float[rows.Length]);
        float[] values = new float[inputs.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            data.Features.Read(rows[row], inputs, values);
            for (int i = 0; i < values.Length; i++)
            {
                columns[i][row] = values[i];
            }
        }

        return columns;
    }
}
