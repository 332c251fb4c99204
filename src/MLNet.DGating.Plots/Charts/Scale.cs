namespace MLNet.DGating.Plots.Charts;

internal enum ScaleKind
{
    Linear,

    /// <summary>Linear, for counts: ticks are whole numbers.</summary>
    Whole,

    /// <summary>For counts: shows none, spreads the few, compresses the many.</summary>
    SquareRoot,

    Logarithmic,
}

/// <summary>From values to pixels, with the values worth a tick.</summary>
internal sealed class Scale
{
    private readonly ScaleKind _kind;
    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;

    /// <param name="kind">How values are spread.</param>
    /// <param name="low">The smallest value; above 0 on a logarithmic scale.</param>
    /// <param name="high">The largest value. One that equals the smallest is widened.</param>
    /// <param name="start">Where the smallest value lies.</param>
    /// <param name="end">Where the largest value lies; may be before the start.</param>
    public Scale(ScaleKind kind, double low, double high, double start, double end)
    {
        if (!(high > low))
        {
            (low, high) = kind == ScaleKind.Logarithmic ? (low / 2, low * 2) : (low - 0.5, low + 0.5);
        }

        (_kind, _low, _high, _start, _end) = (kind, low, high, start, end);
    }

    public double Low => _low;

    public double High => _high;

    public double At(double value) => _start + ((Spread(value) - Spread(_low)) / (Spread(_high) - Spread(_low)) * (_end - _start));

    /// <summary>Round values inside the range, at least so many pixels apart.</summary>
    public IReadOnlyList<double> Ticks(double spacing)
    {
        IEnumerable<double> candidates = _kind is ScaleKind.Linear or ScaleKind.Whole
            ? RoundNumbers.Steps(_low, _high, Math.Max(2, (int)(Math.Abs(_end - _start) / spacing)))
            : RoundNumbers.Decades(_low, _high);
        if (_kind == ScaleKind.Whole)
            candidates = candidates.Where(value => value == Math.Round(value));
        var ticks = new List<double>();
        foreach (double value in candidates)
        {
            if (ticks.Count == 0 || Math.Abs(At(value) - At(ticks[^1])) >= spacing)
                ticks.Add(value);
        }

        // All features, whatever their number.
        if (_kind == ScaleKind.SquareRoot && _high >= 1 && _high == Math.Floor(_high) && ticks[^1] != _high)
        {
            if (Math.Abs(At(_high) - At(ticks[^1])) < spacing)
                ticks.RemoveAt(ticks.Count - 1);
            ticks.Add(_high);
        }

        return ticks;
    }

    private double Spread(double value) => _kind switch
    {
        ScaleKind.SquareRoot => Math.Sqrt(value),
        ScaleKind.Logarithmic => Math.Log10(value),
        _ => value,
    };
}
