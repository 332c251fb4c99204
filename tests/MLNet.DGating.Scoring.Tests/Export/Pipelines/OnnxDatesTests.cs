using System.Globalization;
using CsCheck;

namespace MLNet.DGating.Scoring.Tests.Export.Pipelines;

public class OnnxDatesTests
{
    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss.fff", "yyyy/MM/dd", "M/d/yyyy", "MM/dd/yyyy H:mm",
        "yyyy-MM-dd HH:mm:ss.fffffff",
    ];

    private static readonly string[] s_noDates =
        ["", "soon", "2024-13-01", "12", "2024-05-41", "2023-02-29", "2024-04-31", "2024-12-32", "2024-02-03 25:00"];

    // From the year 32 on a number says that it is a year.
    private const long FirstTicks = TimeSpan.TicksPerDay * 366 * 32;

    [Fact]
    public void Ticks_AreThoseOfTheDate_InEveryFormat() =>
        Gen.Select(Gen.Long[0, new DateTime(9999, 12, 31).Ticks], Gen.OneOfConst(s_formats)).Array[1, 40].Sample(
            dates =>
            {
                string[] texts = [.. dates.Select(date => Text(new DateTime(Math.Max(date.Item1, FirstTicks)), date.Item2))];
                long[] expected = [.. texts.Select(text => DateTime.Parse(text, CultureInfo.InvariantCulture).Ticks)];
                Assert.Equal(expected, Graph.Run<long>(texts, OnnxDates.Ticks));
            },
            iter: 30);

    [Fact]
    public void Ticks_OfWhatIsNoDate_Are0() =>
        Assert.All(Graph.Run<long>(s_noDates, OnnxDates.Ticks), ticks => Assert.Equal(0, ticks));

    private static string Text(DateTime date, string format) => date.ToString(format, CultureInfo.InvariantCulture);
}
