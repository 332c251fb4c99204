using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Data.Encodings;

/// <summary>Collects the columns of a piecewise-linear encoding, input by input (docs/theory.md §19).</summary>
/// <remarks>
/// A number becomes a linear column and the ramps of its intervals, all centred, and scaled by one factor so that their variances add up to
/// the input's share of its group's variance, which is 1.
/// </remarks>
/// <param name="factor">The factors of the columns for a linear part.</param>
internal sealed class PiecewiseColumns(ColumnFactor factor)
{
    private readonly List<int> _starts = [0];
    private readonly List<float> _offsets = [], _scales = [], _lows = [], _highs = [], _centers = [], _factors = [];

    /// <summary>Adds an input of one column.</summary>
    /// <param name="mean">The mean of the values.</param>
    /// <param name="inverseDeviation">1 / deviation of the values; 0 for a constant input.</param>
    /// <param name="bound">The bound of the standardized value.</param>
    /// <param name="share">The variance of the input's columns over the rows that have a value of it, above 0.</param>
    public void AddLinear(float mean, float inverseDeviation, float bound, double share)
    {
        AddLinearColumn(mean, inverseDeviation, bound, 1 / Math.Sqrt(share));
        _starts.Add(_offsets.Count);
    }

    /// <summary>Adds a number: its linear column, and a ramp for each interval between two edges.</summary>
    /// <param name="values">The values of the training rows.</param>
    /// <param name="edges">The edges, ascending, at least 3.</param>
    /// <param name="mean">The mean of the values.</param>
    /// <param name="inverseDeviation">1 / deviation of the values, above 0.</param>
    /// <param name="bound">The bound of the standardized value.</param>
    /// <param name="share">The variance of the input's columns over the rows that have a value of it, above 0.</param>
    public void AddRamps(DistinctValues values, float[] edges, float mean, float inverseDeviation, float bound, double share)
    {
        (double[] means, double[] variances) = Moments(values, edges);
        double deviation = Math.Sqrt((1 + variances.Sum()) / share);
        AddLinearColumn(mean, inverseDeviation, bound, deviation);
        for (int t = 0; t + 1 < edges.Length; t++)
        {
            double width = (double)edges[t + 1] - edges[t];
            _offsets.Add(edges[t]);
            _scales.Add((float)(1 / (width * deviation)));
            _lows.Add(0);
            _highs.Add((float)(1 / deviation));
            _centers.Add((float)(means[t] / deviation));
            _factors.Add(factor.Of(Math.Sqrt(variances[t]) / deviation));
        }

        _starts.Add(_offsets.Count);
    }

    /// <summary>Gives the encoding of all inputs that were added.</summary>
    public InputEncoding ToEncoding() => new([.. _starts], [.. _offsets], [.. _scales], [.. _lows], [.. _highs])
    {
        IsPiecewise = true,
        Centers = [.. _centers],
        SkipFactors = [.. _factors],
    };

    private void AddLinearColumn(float mean, float inverseDeviation, float bound, double deviation)
    {
        _offsets.Add(mean);
        _scales.Add((float)(inverseDeviation / deviation));
        _lows.Add((float)(-bound / deviation));
        _highs.Add((float)(bound / deviation));
        _centers.Add(0);
        _factors.Add(factor.Of(1 / deviation));
    }

    // The mean and the variance of each ramp, before it is centred and scaled: 0 below its interval, 1 above it.
    private static (double[] Means, double[] Variances) Moments(DistinctValues values, float[] edges)
    {
        int ramps = edges.Length - 1;
        double[] sums = new double[ramps], squares = new double[ramps];
        int ramp = 0;
        double all = values.WeightOf(0, values.Count);
        for (int i = 0; i < values.Count; i++)
        {
            float value = values.Values[i];
            while (ramp + 1 < ramps && value >= edges[ramp + 1])
            {
                // All later values are above this interval.
                double above = values.WeightOf(i, values.Count);
                sums[ramp] += above;
                squares[ramp] += above;
                ramp++;
            }

            double part = Math.Min(1, ((double)value - edges[ramp]) / ((double)edges[ramp + 1] - edges[ramp]));
            double weight = values.WeightOf(i, i + 1);
            sums[ramp] += weight * part;
            squares[ramp] += weight * part * part;
        }

        double[] means = Array.ConvertAll(sums, sum => sum / all);
        double[] variances = new double[ramps];
        for (int t = 0; t < ramps; t++)
        {
            variances[t] = Math.Max(0, squares[t] / all - means[t] * means[t]);
        }

        return (means, variances);
    }
}
