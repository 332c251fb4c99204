using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Pairs;

namespace MLNet.DGating.Torch.ModelSelection.Fits;

/// <summary>Finds the pairs of features over which the gradients vary most that curves have left (docs/theory.md §32).</summary>
/// <remarks>
/// Rows are counted at the nearest node of a pair's grid. What two-way fits leave of the mean gradients of the nodes has a χ² distribution
/// where there is nothing but noise, so that pairs of any number of nodes compare.
/// </remarks>
/// <param name="workflow">The rows.</param>
/// <param name="curves">The additive model.</param>
/// <param name="rows">The numbers of the rows to look at.</param>
internal sealed class PairScreen(FitWorkflow workflow, FitResult curves, int[] rows)
{
    /// <summary>The most updates of a sum; of many pairs fewer rows are looked at.</summary>
    private const long MostUpdates = 400_000_000;

    /// <summary>The most rows that are looked at, and the fewest where there are so many.</summary>
    private const int MostRows = 40_000, FewestRows = 2_000;

    private readonly TrainingSet _data = workflow.Data;

    /// <summary>Gives the pairs, the most promising first.</summary>
    /// <param name="heredity">Which pairs are candidates.</param>
    /// <param name="count">The most pairs to give.</param>
    public PairGrid[] Find(DGatingPairHeredity heredity, int count)
    {
        int[] groups = heredity == DGatingPairHeredity.Strong ? curves.Groups : [.. Enumerable.Range(0, _data.Groups.Count)];
        var axes = new PairAxes(_data, curves.Encoding, rows);
        var axisOf = groups.Select(group => (Group: group, Axis: axes.Of(group)))
            .Where(one => one.Axis is not null).ToDictionary(one => one.Group, one => one.Axis!);
        HashSet<int> hasCurve = [.. curves.Groups];
        PairGrid[] pairs =
        [
            .. from first in axisOf.Keys
               from second in axisOf.Keys
               where first < second && (hasCurve.Contains(first) || hasCurve.Contains(second))
               select new PairGrid(first, second, axisOf[first], axisOf[second]),
        ];
        return pairs.Length <= count ? pairs : Best(pairs, axisOf, count);
    }

    private PairGrid[] Best(PairGrid[] pairs, Dictionary<int, PairAxis> axisOf, int count)
    {
        int[] sample = Sample((int)Math.Clamp(MostUpdates / pairs.Length, FewestRows, MostRows));
        float[] gradient = new CurveGradient(_data, curves).Of(sample);
        var nodesOf = axisOf.ToDictionary(one => one.Key, one => Nodes(one.Value, sample));
        double[] weights = [.. sample.Select(row => (double)(_data.Weights?[row] ?? 1))];
        return
        [
            .. pairs.Select((pair, i) => (Pair: pair, Order: i, Excess: Excess(pair, nodesOf, gradient, weights)))
                .OrderByDescending(one => one.Excess).ThenBy(one => one.Order).Take(count).Select(one => one.Pair),
        ];
    }

    private int[] Sample(int most) => rows.Length <= most
        ? rows
        : [.. Enumerable.Range(0, most).Select(i => rows[(int)((long)i * rows.Length / most)])];

    private int[] Nodes(PairAxis axis, int[] sample)
    {
        float[] values = new float[axis.Inputs.Length];
        return Array.ConvertAll(sample, row =>
        {
            _data.Features.Read(row, axis.Inputs, values);
            return axis.Find(values).Nearest;
        });
    }

    // By how many of its deviations χ² is above its mean.
    private static double Excess(PairGrid pair, Dictionary<int, int[]> nodesOf, float[] gradient, double[] weights)
    {
        int[] a = nodesOf[pair.First], b = nodesOf[pair.Second];
        int outputs = gradient.Length / a.Length;
        double[] masses = new double[pair.Nodes], sums = new double[pair.Nodes * outputs], squares = new double[outputs];
        for (int row = 0; row < a.Length; row++)
        {
            int node = pair.Node(a[row], b[row]);
            masses[node] += weights[row];
            for (int output = 0; output < outputs; output++)
            {
                double slope = gradient[row * outputs + output];
                sums[output * pair.Nodes + node] += weights[row] * slope;
                squares[output] += weights[row] * slope * slope;
            }
        }

        var fit = new TwoWayFit(masses, pair.A.Nodes, pair.B.Nodes);
        double total = weights.Sum(), statistic = 0;
        for (int output = 0; output < outputs; output++)
        {
            double[] means = [.. masses.Select((mass, node) => mass > 0 ? sums[output * pair.Nodes + node] / mass : 0)];
            fit.Purify(means);
            statistic += squares[output] > 0 ? means.Zip(masses, (mean, mass) => mass * mean * mean).Sum() * total / squares[output] : 0;
        }

        int freedom = outputs * (masses.Count(mass => mass > 0) - Reached(pair, masses) + 1);
        return freedom <= 0 ? double.NegativeInfinity : (statistic - freedom) / Math.Sqrt(2.0 * freedom);
    }

    // The number of nodes of both axes that have rows.
    private static int Reached(PairGrid pair, double[] masses) =>
        Enumerable.Range(0, pair.A.Nodes).Count(i => Enumerable.Range(0, pair.B.Nodes).Any(j => masses[pair.Node(i, j)] > 0))
        + Enumerable.Range(0, pair.B.Nodes).Count(j => Enumerable.Range(0, pair.A.Nodes).Any(i => masses[pair.Node(i, j)] > 0));
}
