namespace MLNet.DGating;

/// <summary>Numbers to search among.</summary>
/// <param name="Minimum">The least; above 0 where the range is logarithmic.</param>
/// <param name="Maximum">The greatest; at least <paramref name="Minimum"/>.</param>
/// <param name="IsLogarithmic">Whether every factor is as likely as every other, as is right for step sizes; else every difference.</param>
public sealed record DGatingSearchRange(double Minimum, double Maximum, bool IsLogarithmic = false)
{
    private const int Digits = 3;

    // Of three digits, so that a setting can be read off a table and given again.
    internal double Draw(double share)
    {
        double value = IsLogarithmic ? Minimum * Math.Pow(Maximum / Minimum, share) : Minimum + (Maximum - Minimum) * share;
        double unit = value == 0 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - Digits + 1);
        return Math.Clamp(Math.Round(Math.Round(value / unit) * unit, 12), Minimum, Maximum);
    }
}
