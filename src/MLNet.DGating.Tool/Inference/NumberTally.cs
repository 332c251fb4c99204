namespace MLNet.DGating.Tool.Inference;

/// <summary>The count, moments and range of numbers, and an even sample of them, in bounded memory.</summary>
internal sealed class NumberTally
{
    private const int MaximumSample = 512;

    private List<double> _sample = [];
    private long _stride = 1;
    private double _squares;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    /// <summary>The smallest magnitude of a number that is not 0; infinity where there is none.</summary>
    public double SmallestMagnitude { get; private set; } = double.PositiveInfinity;

    public double LargestMagnitude => Math.Max(Math.Abs(Minimum), Math.Abs(Maximum));

    public double Variance => Count > 1 ? _squares / (Count - 1) : 0;

    /// <summary>Up to 512 of the numbers, evenly spaced in the order of the rows.</summary>
    public IReadOnlyList<double> Sample => _sample;

    /// <summary>Returns a tally of the same numbers that goes on by itself.</summary>
    public NumberTally Copy()
    {
        var copy = (NumberTally)MemberwiseClone();
        copy._sample = [.. _sample];
        return copy;
    }

    public void Add(double number)
    {
        if (Count % _stride == 0)
        {
            _sample.Add(number);
            if (_sample.Count == MaximumSample)
            {
                _stride *= 2;
                int kept = 0;
                _sample.RemoveAll(_ => kept++ % 2 == 1);
            }
        }

        // Welford's update: the squares are those of deviations, so that a large mean costs no precision.
        Count++;
        double deviation = number - Mean;
        Mean += deviation / Count;
        _squares += deviation * (number - Mean);
        Minimum = Math.Min(Minimum, number);
        Maximum = Math.Max(Maximum, number);
        if (number != 0)
        {
            SmallestMagnitude = Math.Min(SmallestMagnitude, Math.Abs(number));
        }
    }
}
