namespace MLNet.DGating;

/// <summary>Describes a range of numbers to search.</summary>
/// <param name="Minimum">The least number; above 0 where the range is logarithmic.</param>
/// <param name="Maximum">The greatest number, at least <paramref name="Minimum"/>.</param>
/// <param name="IsLogarithmic">Whether numbers are drawn evenly on a logarithmic scale, as is right for step sizes.</param>
public sealed record DGatingSearchRange(double Minimum, double Maximum, bool IsLogarithmic = false)
{
    private const int Digits = 3;

    // The number is rounded to three digits, so that a setting can be read from a table and used again.
    internal double Draw(double share)
    {
        double value = IsLogarithmic ? Minimum * Math.Pow(Maximum / Minimum, share) : Minimum + (Maximum - Minimum) * share;
        double unit = value == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - Digits + 1);
        return Math.Clamp(Math.Round(Math.Round(value / unit) * unit, 12), Minimum, Maximum);
    }
}
