namespace MLNet.DGating.Tool.Output;

/// <summary>Times for people: "40 s", "3 min", "1 h 20 min".</summary>
internal static class TimeText
{
    public static string Of(TimeSpan time)
    {
        int seconds = (int)Math.Ceiling(time.TotalSeconds);
        return seconds switch
        {
            < 100 => FormattableString.Invariant($"{seconds} s"),
            < 5400 => FormattableString.Invariant($"{(seconds + 30) / 60} min"),
            _ => FormattableString.Invariant($"{seconds / 3600} h {seconds / 60 % 60} min"),
        };
    }
}
