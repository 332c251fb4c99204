namespace MLNet.DGating.Plots.Charts;

/// <summary>Round values for the ticks of an axis.</summary>
internal static class RoundNumbers
{
    private static readonly int[] s_digits = [1, 2, 5];

    /// <summary>Returns multiples of 1, 2 or 5 times a power of ten in the range.</summary>
    /// <remarks>There are about as many as asked for.</remarks>
    public static IEnumerable<double> Steps(double low, double high, int count)
    {
        double raw = (high - low) / count;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power <= 1 ? 1 : raw / power <= 2 ? 2 : raw / power <= 5 ? 5 : 10);
        double slack = step * 1e-6;
        for (double i = Math.Ceiling((low - slack) / step); i * step <= high + slack; i++)
        {
            yield return i == 0 ? 0 : i * step;
        }
    }

    /// <summary>Returns 1, 2 and 5 times the powers of ten in the range, and 0 where the range begins there.</summary>
    public static IEnumerable<double> Decades(double low, double high)
    {
        if (low == 0)
        {
            yield return 0;
        }

        int last = (int)Math.Ceiling(Math.Log10(high));
        int first = low > 0 ? (int)Math.Floor(Math.Log10(low)) : Math.Min(0, (int)Math.Floor(Math.Log10(high)) - 1);
        for (int exponent = first; exponent <= last; exponent++)
        {
            foreach (int digit in s_digits)
            {
                double value = digit * Math.Pow(10, exponent);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
                {
                    yield return value;
                }
            }
        }
    }
}
