using System.Globalization;
using Microsoft.ML.Data;

namespace MLNet.DGating;

/// <summary>Holds the levels of quantiles: ascending, each above 0 and below 1.</summary>
internal sealed class QuantileLevels
{
    // Levels such as 0.1 and 0.9 are equally far from one half up to rounding.
    private const double Rounding = 1e-9;

    private readonly double[] _values;

    /// <exception cref="ArgumentException">The levels break the rule.</exception>
    public QuantileLevels(IReadOnlyList<double> values)
    {
        _values = [.. values];
        if (!AreValid(_values))
        {
            throw new ArgumentException(
                $"The levels of quantiles must ascend between 0 and 1, but they are {string.Join(", ", Names())}.", nameof(values));
        }

        double nearest = _values.Min(Distance);
        Middle = Array.FindIndex(_values, level => Distance(level) <= nearest + Rounding);
    }

    public IReadOnlyList<double> Values => _values;

    public int Count => _values.Length;

    /// <summary>The number of the level that is nearest to one half.</summary>
    public int Middle { get; }

    /// <summary>Tells whether there is a level, and all ascend between 0 and 1.</summary>
    public static bool AreValid(IReadOnlyList<double> levels) =>
        levels.Count > 0 && levels[0] > 0 && levels[^1] < 1 && levels.Zip(levels.Skip(1)).All(pair => pair.First < pair.Second);

    /// <summary>The names of the slots, as those of ML.NET's own quantile regression: Quantile-0.5.</summary>
    public VBuffer<ReadOnlyMemory<char>> SlotNames()
    {
        ReadOnlyMemory<char>[] names = [.. Names().Select(name => $"Quantile-{name}".AsMemory())];
        return new VBuffer<ReadOnlyMemory<char>>(names.Length, names);
    }

    private static double Distance(double level) => Math.Abs(level - 0.5);

    private IEnumerable<string> Names() => _values.Select(level => level.ToString(CultureInfo.InvariantCulture));
}
