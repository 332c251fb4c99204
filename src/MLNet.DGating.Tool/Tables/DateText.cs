using System.Globalization;

namespace MLNet.DGating.Tool.Tables;

/// <summary>Dates as they are written, alone or with a time.</summary>
internal static class DateText
{
    private const string Compact = "yyyyMMdd";
    private const int LongestTime = 11; // 11:59:59 PM

    // A time without a date gets one, the same for all.
    private static readonly DateTime s_dayOfTimes = new(2000, 1, 1);

    private static readonly CultureInfo s_dayFirst = Culture("dd/MM/yyyy"), s_monthFirst = Culture("MM/dd/yyyy");

    /// <summary>Reads a date. A time of another zone is read as it is written there.</summary>
    /// <remarks>
    /// A date, unlike a time alone, needs eight characters, among them a digit and a separator, so that "5.10" and "May" are none.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<char> cell, DateOrder order, out DateTime date)
    {
        if (cell.Length <= LongestTime && cell.Contains(':') && TimeOnly.TryParse(cell, CultureInfo.InvariantCulture, out TimeOnly time))
        {
            date = s_dayOfTimes + time.ToTimeSpan();
            return true;
        }

        DateTimeOffset read = default;
        bool isDate = cell.Length >= 8 && cell.ContainsAnyInRange('0', '9') && cell.ContainsAny("-/. ") && !IsNumber(cell)
            && DateTimeOffset.TryParse(cell, order == DateOrder.DayFirst ? s_dayFirst : s_monthFirst,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out read);
        date = read.DateTime;
        return isDate;
    }

    /// <summary>Reads a date of eight digits, such as 20241231. Only the user can say that a number is one.</summary>
    public static bool TryParseCompact(ReadOnlySpan<char> cell, out DateTime date) =>
        DateTime.TryParseExact(cell, Compact, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    /// <summary>Returns the text that ML.NET reads as the date.</summary>
    public static string Text(DateTime date) =>
        date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static bool IsNumber(ReadOnlySpan<char> cell) => NumberText.TryParse(cell, NumberStyle.Plain, out _);

    private static CultureInfo Culture(string pattern)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.ShortDatePattern = pattern;
        return CultureInfo.ReadOnly(culture);
    }
}
