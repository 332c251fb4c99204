using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Tables;

namespace MLNet.DGating.Tool.Tests.Inference;

/// <summary>Columns are what most of their cells say, and each decision can be overruled.</summary>
public sealed class ColumnReadingTests
{
    private static readonly string[] s_numbers = [.. Enumerable.Range(0, 80).Select(i => $"{i * 37 % 101}.5")];

    [Theory]
    [InlineData("inf -Infinity NaN #N/A #DIV/0! null")]
    [InlineData("unknown n/a unknown unknown")]
    [InlineData("broken broken")]
    public void WordsAmongNumbers_AreMissing(string words)
    {
        ColumnProfile column = Profile([.. s_numbers, .. words.Split(' ')]);
        Assert.Equal(ColumnKind.Numeric, column.Kind);
        Assert.Equal(words.Split(' ').Length, column.Reading.Missing);
        CellFormat cells = column.Reading.Cells;
        Assert.All(words.Split(' '), word => Assert.True(double.IsNaN(cells.Number(word)) && cells.IsMissing(word)));
    }

    [Fact]
    public void FewNumbersBesideAWord_AreClasses()
    {
        string[] children = [.. Enumerable.Range(0, 100).Select(i => (i % 4) switch { 3 => "3+", int number => $"{number}" })];
        Assert.Equal(ColumnKind.Categorical, Profile(children).Kind);
        Assert.Equal(ColumnKind.Numeric, Profile(new ReadingHints { Numbers = ["x"] }, children).Kind);
    }

    [Theory]
    [InlineData("$1,234.00 $5.10 $99", "Point")]
    [InlineData("45% 3.5% 12%", "Point")]
    [InlineData("123,60 1,5 1.234,5", "Comma")]
    [InlineData("1.5 2 3e4", "Plain")]
    public void TheStyleOfNumbers_IsThatOfMostCells(string cells, string style)
    {
        ColumnProfile column = Profile(cells.Split(' '));
        Assert.Equal((ColumnKind.Numeric, style), (column.Kind, $"{column.Reading.Cells.Numbers}"));
    }

    [Fact]
    public void AGroupOfThree_IsThousands_UnlessTheUserSaysOtherwise()
    {
        string[] cells = ["1,234", "5,678", "9,012"];
        Assert.Equal(1234, Profile(cells).Reading.Cells.Number("1,234"));
        Assert.Equal(1.234, Profile(new ReadingHints { IsDecimalComma = true }, cells).Reading.Cells.Number("1,234"));
    }

    [Fact]
    public void ANumberThatRepeatsFarAway_IsMissing_UnlessTheUserSaysOtherwise()
    {
        string[] cells = [.. s_numbers, "9999", "9999", "9999", "9999"];
        Assert.Equal([9999], Profile(cells).Reading.Cells.MissingNumbers);
        Assert.Empty(Profile(new ReadingHints { NotMissing = ["9999"] }, cells).Reading.Cells.MissingNumbers);
        Assert.Empty(Profile(new ReadingHints { Label = "x" }, cells).Reading.Cells.MissingNumbers);
        Assert.Empty(Profile([.. s_numbers, "9999"]).Reading.Cells.MissingNumbers);
        Assert.Empty(Profile([.. s_numbers, "150", "150", "150", "150"]).Reading.Cells.MissingNumbers);
    }

    [Theory]
    [InlineData("1000000000.5 1000000001 1000000099", true)]
    [InlineData("1e45 2e45 3e45", true)]
    [InlineData("1e-49 2e-49", true)]
    [InlineData("2019 2020 2021", false)]
    [InlineData("0.1 0.2 1e6", false)]
    [InlineData("7 7 7", false)]
    public void NumbersThatSinglePrecisionRoundsTogether_AreReadInDouble(string cells, bool isDouble) =>
        Assert.Equal(isDouble, Profile(cells.Split(' ')).Reading.Cells.IsDouble);

    [Fact]
    public void Dates_AreReadInTheOrderThatFitsThemAll()
    {
        string[] cells = ["13/06/2024 12:00", "05/06/2024 16:00", "unknown"];
        ColumnReading reading = Profile(cells).Reading;
        Assert.Equal((ColumnKind.Date, DateOrder.DayFirst, 1), (reading.Kind, reading.Cells.Dates, reading.Missing));
        Assert.Equal("2024-06-05 16:00:00", reading.Cells.Date(cells[1]));
        Assert.Equal(DateOrder.MonthFirst, Profile("05/06/2024", "06/07/2024").Reading.Cells.Dates);
        Assert.Equal(DateOrder.DayFirst, Profile(new ReadingHints { IsDayFirst = true }, "05/06/2024").Reading.Cells.Dates);
        Assert.Equal(ColumnKind.Date, Profile(new ReadingHints { Dates = ["x"] }, "20240101", "20240102").Kind);
    }

    [Fact]
    public void NumbersThatBeginWithZero_AreCodes()
    {
        string[] codes = [.. Enumerable.Range(0, 60).Select(i => (i % 3) switch { 0 => "01234", 1 => "94105", _ => "02345" })];
        Assert.Equal(ColumnKind.Categorical, Profile(codes).Kind);
        Assert.Contains("--number x", Assert.Single(ColumnNotes.Of(Profile(codes), ColumnEncoding.OneHot)), StringComparison.Ordinal);
        Assert.Equal(ColumnKind.Numeric, Profile(new ReadingHints { Numbers = ["x"] }, codes).Kind);
    }

    [Fact]
    public void None_IsAClassOfALabel_AndMissingElsewhere()
    {
        string[] cells = ["none", "mild", "severe", "NA"];
        Assert.Equal(2, Profile(cells).Missing);
        Assert.Equal(1, Profile(new ReadingHints { Label = "x" }, cells).Missing);
    }

    [Fact]
    public void WordsTheUserNames_AreMissing_OrAreNot()
    {
        Assert.Equal(2, Profile(new ReadingHints { Missing = ["k.A."] }, "red", "k.A.", "K.A.").Missing);
        Assert.Equal(0, Profile(new ReadingHints { NotMissing = ["none"] }, "red", "none").Missing);
    }

    [Fact]
    public void EveryUnusualReading_NamesTheOptionThatOverrulesIt()
    {
        Assert.Contains("--decimal-comma", Note("$1,234.00", "$5.10"), StringComparison.Ordinal);
        Assert.Contains("'broken' in 1 row", Note([.. s_numbers, "broken"]), StringComparison.Ordinal);
        Assert.Contains("--not-missing 9999", Note([.. s_numbers, "9999", "9999", "9999"]), StringComparison.Ordinal);
        Assert.Contains("do not fit in single precision", Note("1e45", "2e45"), StringComparison.Ordinal);
        Assert.Contains("--month-first", Note("13/06/2024", "05/06/2024"), StringComparison.Ordinal);
        Assert.Contains("--day-first", Note("12/06/2024", "05/06/2024"), StringComparison.Ordinal);
        Assert.Empty(ColumnNotes.Of(Profile(s_numbers), ColumnEncoding.Number));
        string Note(params string[] cells) => Assert.Single(ColumnNotes.Of(Profile(cells), null));
    }

    private static ColumnProfile Profile(params string[] cells) => Profile(ReadingHints.None, cells);

    private static ColumnProfile Profile(ReadingHints hints, params string[] cells)
    {
        var profile = new ColumnProfile("x", 0, hints);
        foreach (string cell in cells)
        {
            profile.Add(cell);
        }

        return profile;
    }
}
