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

    [Fact]
    public void Ticks_AreThoseOfTheDate_InEveryFormat() =>
        Gen.Select(Gen.Long[0, new DateTime(9999, 12, 31).Ticks], Gen.OneOfConst(s_formats)).Array[1, 40].Sample(
            dates =>
            {
                string[] texts = [.. dates.Select(date => Text(new DateTime(Math.Max(date.Item1, TimeSpan.TicksPerDay * 366 * 32)), date.Item2))];
                long[] expected = [.. texts.Select(text => DateTime.Parse(text, CultureInfo.InvariantCulture).Ticks)];
                Assert.Equal(expected, Graph.Run<long>(texts, OnnxDates.Ticks));
            },
            iter: 30);

    [Fact]
    public void Ticks_OfWhatIsNoDate_Are0() =>
        Assert.All(Graph.Run<long>(["", "soon", "2024-13-01", "12", "2024-05-41", "2023-02-29", "2024-04-31", "2024-12-32", "2024-02-03 25:00"], OnnxDates.Ticks), ticks => Assert.Equal(0, ticks));

    private static string Text(DateTime date, string format) => date.ToString(format, CultureInfo.InvariantCulture);
}
