namespace MLNet.DGating.Plots.Charts;

/// <summary>The way in which a scale spreads values.</summary>
internal enum ScaleKind
{
    Linear,

    /// <summary>Linear, for counts: ticks are whole numbers.</summary>
    Whole,

    /// <summary>By the square root, for counts: it shows 0, spreads small counts and compresses large ones.</summary>
    SquareRoot,

    Logarithmic,
}

/// <summary>A map from values to pixels, with the values of the ticks.</summary>
internal sealed class Scale
{
    private readonly ScaleKind _kind;
    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;

    /// <param name="kind">The way in which values are spread.</param>
    /// <param name="low">The smallest value; above 0 on a logarithmic scale.</param>
    /// <param name="high">The largest value. The range is widened where it equals the smallest.</param>
    /// <param name="start">The pixel of the smallest value.</param>
    /// <param name="end">The pixel of the largest value; may be before the start.</param>
    public Scale(ScaleKind kind, double low, double high, double start, double end)
    {
        if (!(high > low))
        {
            (low, high) = kind == ScaleKind.Logarithmic ? (low / 2, low * 2) : (low - 0.5, low + 0.5);
        }

        (_kind, _low, _high, _start, _end) = (kind, low, high, start, end);
    }

    public double High => _high;

    public double At(double value) => _start + ((Spread(value) - Spread(_low)) / (Spread(_high) - Spread(_low)) * (_end - _start));

    /// <summary>Returns round values inside the range, at least so many pixels apart.</summary>
    public IReadOnlyList<double> Ticks(double spacing)
    {
        var ticks = new List<double>();
        foreach (double value in Candidates(spacing))
        {
            if (ticks.Count == 0 || Math.Abs(At(value) - At(ticks[^1])) >= spacing)
            {
                ticks.Add(value);
            }
        }

        // The count of all features has a tick even where it is no round number.
        if (_kind == ScaleKind.SquareRoot && _high >= 1 && _high == Math.Floor(_high) && ticks[^1] != _high)
        {
            if (Math.Abs(At(_high) - At(ticks[^1])) < spacing)
            {
                ticks.RemoveAt(ticks.Count - 1);
            }

            ticks.Add(_high);
        }

        return ticks;
    }

    private IEnumerable<double> Candidates(double spacing)
    {
        if (_kind is ScaleKind.SquareRoot or ScaleKind.Logarithmic)
        {
            return RoundNumbers.Decades(_low, _high);
        }

        IEnumerable<double> steps = RoundNumbers.Steps(_low, _high, Math.Max(2, (int)(Math.Abs(_end - _start) / spacing)));
        return _kind == ScaleKind.Whole ? steps.Where(value => value == Math.Round(value)) : steps;
    }

    private double Spread(double value) => _kind switch
    {
        ScaleKind.SquareRoot => Math.Sqrt(value),
        ScaleKind.Logarithmic => Math.Log10(value),
        _ => value,
    };
}
