using MLNet.DGating.Tool.Models;

namespace MLNet.DGating.Tool.Quality;

/// <summary>Metrics that are computed of the same rows, for any weights of these.</summary>
internal abstract class MetricSet
{
    private readonly double[] _weights;
    private readonly long?[] _blocks;

    /// <param name="weights">The weight of each row.</param>
    /// <param name="blocks">What each row has in common with others; null where it stands alone.</param>
    protected MetricSet(double[] weights, long?[] blocks)
    {
        _weights = weights;
        _blocks = blocks;
    }

    /// <summary>The number of rows.</summary>
    public int Rows => _weights.Length;

    /// <summary>How often the rows are passed through to compute the metrics.</summary>
    protected virtual int Passes => 1;

    /// <summary>The names of the metrics, with the unit where the name does not settle it.</summary>
    protected abstract IReadOnlyList<(string Name, string? Unit)> Names { get; }

    /// <summary>Computes the metrics in the order of their names; NaN where the rows do not define one.</summary>
    /// <param name="weights">The weights of the rows; 0 leaves a row out.</param>
    public abstract double[] Compute(double[] weights);

    /// <summary>Returns the metrics that the rows define, without intervals.</summary>
    public Metric[] All() => Named(Compute(_weights), _ => (null, null));

    /// <summary>Returns the metrics that the rows define, with their 95 % intervals by the bootstrap.</summary>
    /// <param name="seed">The seed of the draws.</param>
    public Metric[] WithIntervals(int seed)
    {
        (double Low, double High)?[] intervals = Bootstrap.Intervals(this, _weights, _blocks, Passes, seed);
        return Named(Compute(_weights), i => (intervals[i]?.Low, intervals[i]?.High));
    }

    private Metric[] Named(double[] values, Func<int, (double? Low, double? High)> interval)
    {
        var metrics = new List<Metric>();
        foreach ((int i, (string name, string? unit)) in Names.Index())
        {
            if (double.IsFinite(values[i]))
            {
                (double? low, double? high) = interval(i);
                metrics.Add(new Metric(name, values[i]) { Low = low, High = high, Unit = unit });
            }
        }

        return [.. metrics];
    }
}
