using System.Globalization;

namespace MLNet.DGating.Plots.Drawing;

/// <summary>Numbers as people read them: four digits, no culture.</summary>
internal static class NumberText
{
    public static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e-3 and < 1e5 => value.ToString(Math.Abs(value) < 10 ? "0.####" : "0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##e0", CultureInfo.InvariantCulture),
    };

    /// <summary>Three significant digits, for values beside bars.</summary>
    public static string Value(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
