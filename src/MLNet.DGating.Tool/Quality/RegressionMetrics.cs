namespace MLNet.DGating.Tool.Quality;

/// <summary>The metrics of predicted numbers. An error is the label less the prediction.</summary>
internal sealed class RegressionMetrics : MetricSet
{
    private static readonly double[] s_levels = [0.05, 0.25, 0.75, 0.95];

    private readonly ScoredNumber[] _rows;
    private readonly int[] _byError, _byAbsolute;

    private RegressionMetrics(ScoredNumber[] rows)
        : base(Array.ConvertAll(rows, row => row.Weight), Array.ConvertAll(rows, row => row.Block))
    {
        _rows = rows;
        _byError = [.. Enumerable.Range(0, rows.Length).OrderBy(Error)];
        _byAbsolute = [.. Enumerable.Range(0, rows.Length).OrderBy(row => Math.Abs(Error(row)))];
    }

    protected override IReadOnlyList<(string Name, string? Unit)> Names =>
    [
        ("rSquared", null), ("rootMeanSquaredError", null), ("meanAbsoluteError", null), ("medianAbsoluteError", null),
        ("errorQuantile05", null), ("errorQuantile25", null), ("errorQuantile75", null), ("errorQuantile95", null),
    ];

    public static RegressionMetrics Of(IEnumerable<ScoredNumber> rows) => new([.. rows]);

    /// <summary>Computes the metrics in two passes: deviations are taken from the mean before they are squared.</summary>
    public override double[] Compute(double[] weights)
    {
        double weight = 0, mean = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            weight += weights[i];
            mean += weights[i] * _rows[i].Label;
        }

        mean /= weight;
        double variance = 0, squared = 0, absolute = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            double deviation = _rows[i].Label - mean, error = Error(i);
            variance += weights[i] * deviation * deviation;
            squared += weights[i] * error * error;
            absolute += weights[i] * Math.Abs(error);
        }

        return
        [
            1 - squared / variance, Math.Sqrt(squared / weight), absolute / weight,
            .. Quantiles(_byAbsolute, weights, weight, [0.5], row => Math.Abs(Error(row))),
            .. Quantiles(_byError, weights, weight, s_levels, Error),
        ];
    }

    private double Error(int row) => _rows[row].Label - _rows[row].Score;

    // The smallest value below or at which is the share of the weight; the mean of two where the share ends between them.
    private static double[] Quantiles(int[] order, double[] weights, double all, double[] levels, Func<int, double> value)
    {
        double[] quantiles = new double[levels.Length];
        double below = 0;
        int level = 0, pending = -1;
        foreach (int row in order)
        {
            if (weights[row] == 0)
            {
                continue;
            }

            if (pending >= 0)
            {
                quantiles[pending] = (quantiles[pending] + value(row)) / 2;
                pending = -1;
            }

            below += weights[row];
            for (; level < levels.Length && below >= (levels[level] - 1e-12) * all; level++)
            {
                quantiles[level] = value(row);
                pending = below <= (levels[level] + 1e-12) * all ? level : -1;
            }
        }

        return quantiles;
    }
}
