using System.Globalization;

namespace MLNet.DGating.Plots.Drawing;

/// <summary>Numbers as text for readers, in the invariant culture.</summary>
internal static class NumberText
{
    /// <summary>Formats a number with four digits after the point at most.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e-3 and < 1e5 => value.ToString(Math.Abs(value) < 10 ? "0.####" : "0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##e0", CultureInfo.InvariantCulture),
    };

    /// <summary>Formats a measure with four significant digits, without an exponent where that is short.</summary>
    public static string Metric(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e-4 and < 1e9 => value.ToString(
            Math.Abs(value) >= 1000 ? "#,0" : Math.Abs(value) >= 100 ? "0.0" : Math.Abs(value) >= 10 ? "0.00" : "0.####",
            CultureInfo.InvariantCulture),
        _ => value.ToString("G4", CultureInfo.InvariantCulture),
    };

    /// <summary>Formats a number with three significant digits, or all before the point.</summary>
    /// <remarks>A very large or small one has an exponent.</remarks>
    public static string Value(double value) => Math.Abs(value) switch
    {
        >= 999.5 and < 1e6 => value.ToString("#,0", CultureInfo.InvariantCulture),
        < 999.5 and >= 1e-4 or 0 or double.NaN or double.PositiveInfinity => value.ToString("G3", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##e0", CultureInfo.InvariantCulture),
    };
}
