using System.Globalization;

namespace MLNet.DGating.Plots.Report;

/// <summary>Parts of sentences.</summary>
internal static class Words
{
    /// <summary>Returns a number with its noun: "1 feature", "2,000 features".</summary>
    public static string Count(long number, string one) =>
        number == 1 ? $"1 {one}" : $"{number.ToString("n0", CultureInfo.InvariantCulture)} {one}s";

    /// <summary>Returns "is" for one, else "are".</summary>
    public static string Are(long number) => number == 1 ? "is" : "are";

    /// <summary>Returns a number with its sign.</summary>
    public static string Signed(double value) => value.ToString(
        Math.Abs(value) >= 1000 ? "+#,0;−#,0" : Math.Abs(value) >= 10 ? "+0.0;−0.0" : "+0.###;−0.###;0", CultureInfo.InvariantCulture);
}
