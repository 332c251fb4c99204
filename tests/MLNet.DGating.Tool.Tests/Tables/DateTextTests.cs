using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Tests.Tables;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("2024-12-31", false, "2024-12-31")]
    [InlineData("12/31/2024", false, "2024-12-31")]
    [InlineData("31/12/2024", true, "2024-12-31")]
    [InlineData("05/06/2024 16:00", true, "2024-06-05 16:00:00")]
    [InlineData("05/06/2024 4:00 PM", false, "2024-05-06 16:00:00")]
    [InlineData("31.12.2024 23:59", true, "2024-12-31 23:59:00")]
    [InlineData("31-12-2024", true, "2024-12-31")]
    [InlineData("16:05", false, "2000-01-01 16:05:00")]
    [InlineData("4:05 PM", true, "2000-01-01 16:05:00")]
    [InlineData("31 Dec 2024", false, "2024-12-31")]
    [InlineData("Dec 31, 2024", false, "2024-12-31")]
    [InlineData("2024-12-31T08:30:00Z", false, "2024-12-31 08:30:00")]
    [InlineData("2024-12-31T08:30:00+05:00", false, "2024-12-31 08:30:00")]
    public void ADate_IsReadInItsOrder(string cell, bool isDayFirst, string text)
    {
        Assert.True(DateText.TryParse(cell, isDayFirst ? DateOrder.DayFirst : DateOrder.MonthFirst, out DateTime date));
        Assert.Equal(text, DateText.Text(date));
    }

    [Theory]
    [InlineData("31/12/2024", false)]
    [InlineData("12/31/2024", true)]
    [InlineData("5.10", true)]
    [InlineData("25:00", true)]
    [InlineData("a:b", true)]
    [InlineData("1234567.8", true)]
    [InlineData("20241231", false)]
    [InlineData("a-12 of 8", false)]
    public void OtherText_IsNoDate(string cell, bool isDayFirst) =>
        Assert.False(DateText.TryParse(cell, isDayFirst ? DateOrder.DayFirst : DateOrder.MonthFirst, out _));

    [Fact]
    public void EightDigits_AreADateWhereTheUserSaysSo()
    {
        Assert.True(DateText.TryParseCompact("20241231", out DateTime date));
        Assert.Equal(new DateTime(2024, 12, 31), date);
        Assert.False(DateText.TryParseCompact("20241331", out _));
    }
}
