using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Data.Matrices;

/// <summary>Finds columns that are the same numbers on another scale: a x + b of each other on all rows, to single precision.</summary>
/// <remarks>
/// Random projections of the standardized columns agree for copies and, but for chance, for no others; what agrees is compared row by row.
/// So the search takes as long as measuring the columns, and not as long as comparing all pairs.
/// </remarks>
internal sealed class ColumnCopies
{
    private const int Projections = 3, ProjectedRows = 1000;

    // Single precision rounds a standardized value by this, times the size of the column's values in deviations.
    private const double Rounding = 1.0 / (1 << 23);

    // Columns of coarser values could be different ones that were rounded together; the first is of their products and sums.
    private const double SmallestTolerance = 1e-5, LargestTolerance = 1e-4;

    private readonly FeatureMatrix _features;
    private readonly int[] _rows;
    private readonly ColumnStatistics _statistics;

    private ColumnCopies(FeatureMatrix features, int[] rows, ColumnStatistics statistics) =>
        (_features, _rows, _statistics) = (features, rows, statistics);

    /// <summary>Gives the families of columns that are copies of each other, of two columns or more; columns ascend.</summary>
    /// <param name="features">The raw features. Sparse ones have no families: words that occur together are no copies.</param>
    /// <param name="rows">The numbers of the rows that were measured; of many that ranks hold a sample is compared.</param>
    /// <param name="statistics">The statistics of these rows.</param>
    /// <param name="columns">The columns among which copies are looked for.</param>
    public static IReadOnlyList<int[]> Families(
        FeatureMatrix features, int[] rows, ColumnStatistics statistics, IEnumerable<int> columns) =>
        features is SparseMatrix ? [] : Find(features, features.Sample(rows), statistics, columns);

    private static List<int[]> Find(FeatureMatrix features, int[] rows, ColumnStatistics statistics, IEnumerable<int> columns)
    {
        int[] comparable =
            [.. columns.Where(column => !statistics.IsConstant(column) && ToleranceOf(statistics, column) <= LargestTolerance)];
        return comparable.Length < 2 ? [] : new ColumnCopies(features.Fetch(rows, comparable), rows, statistics).Find(comparable);
    }

    private List<int[]> Find(int[] comparable)
    {
        double[][] projections = Projected(comparable, out double tolerance);
        int[] order = [.. Enumerable.Range(0, comparable.Length).OrderBy(i => projections[0][i])];
        int[] family = [.. Enumerable.Range(0, comparable.Length)];
        for (int i = 0; i < order.Length; i++)
        {
            for (int k = i + 1; k < order.Length && projections[0][order[k]] - projections[0][order[i]] <= tolerance; k++)
            {
                (int first, int second) = (order[i], order[k]);
                bool isNear = projections.All(of => Math.Abs(of[first] - of[second]) <= tolerance);
                if (isNear && family[first] != family[second] && AreCopies(comparable[first], comparable[second]))
                {
                    int joined = family[second];
                    family = Array.ConvertAll(family, number => number == joined ? family[first] : number);
                }
            }
        }

        return
        [
            .. family.Index().GroupBy(member => member.Item, member => comparable[member.Index])
                .Where(members => members.Count() > 1).Select(members => members.Order().ToArray()),
        ];
    }

    // The sign is that of the first projection, so that x and −x project alike.
    private double[][] Projected(int[] columns, out double tolerance)
    {
        int count = Math.Min(_rows.Length, ProjectedRows);
        double[][] sums = [.. Enumerable.Range(0, Projections).Select(_ => new double[columns.Length])];
        float[] raw = new float[columns.Length];
        var random = new RandomStream(seed: 0, purpose: 0);
        for (int i = 0; i < count; i++)
        {
            _features.Read(_rows[(int)((long)i * _rows.Length / count)], columns, raw);
            foreach (double[] sum in sums)
            {
                double weight = 2 * random.NextDouble() - 1;
                for (int j = 0; j < columns.Length; j++)
                {
                    sum[j] += float.IsNaN(raw[j]) ? 0 : weight * Standardized(raw[j], columns[j]);
                }
            }
        }

        for (int j = 0; j < columns.Length; j++)
        {
            int sign = sums[0][j] < 0 ? -1 : 1;
            foreach (double[] sum in sums)
            {
                sum[j] *= sign;
            }
        }

        tolerance = 2 * LargestTolerance * Math.Sqrt(count);
        return sums;
    }

    private bool AreCopies(int first, int second)
    {
        double tolerance = ToleranceOf(_statistics, first) + ToleranceOf(_statistics, second);
        int sign = 0;
        float[] raw = new float[2];
        foreach (int row in _rows)
        {
            _features.Read(row, [first, second], raw);
            if (float.IsNaN(raw[0]) && float.IsNaN(raw[1]))
            {
                continue;
            }

            double one = Standardized(raw[0], first), other = Standardized(raw[1], second);
            // Values near the mean do not tell the sign.
            sign = sign != 0 || Math.Abs(one) < 0.1 ? sign : Math.Sign(one) * Math.Sign(other);
            double apart = sign == 0 ? Math.Abs(Math.Abs(one) - Math.Abs(other)) : Math.Abs(one - sign * other);
            if (!(apart <= tolerance * Math.Max(1, Math.Abs(one))))
            {
                return false;
            }
        }

        return true;
    }

    private double Standardized(float value, int column) =>
        ((double)value - _statistics.Means[column]) * _statistics.InverseDeviations[column];

    private static double ToleranceOf(ColumnStatistics statistics, int column)
    {
        (float minimum, float maximum) = statistics.RangeOf(column);
        return SmallestTolerance
            + Rounding * Math.Max(Math.Abs(minimum), Math.Abs(maximum)) * statistics.InverseDeviations[column];
    }
}
