using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Tables;

public sealed class TableFileTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n", "a,b")]
    [InlineData("1,2\n3,4\n", "Column1,Column2")]
    [InlineData("x,x\nu,v\n", "Column1,Column2")]
    [InlineData(",b,\n1,2,3\n", "Column1,b,Column3")]
    [InlineData(" a , b\n1,2\n", "a,b")]
    [InlineData("\uFEFFa,b\n1,2\n", "a,b")]
    public void Names_ComeFromTheFirstRow_WhereItHoldsNames(string text, string names) =>
        Assert.Equal(names.Split(','), TestTables.Open(_folder.Write("t.csv", text)).ColumnNames);

    [Fact]
    public void AHint_OverrulesWhatIsDetected()
    {
        string path = _folder.Write("t.csv", "2020,2021\n1,2\n");
        Assert.Equal(["2020", "2021"], TableFile.Open(path, new TableHints(HasHeader: true)).ColumnNames);
        Assert.Equal(["2020,2021"], TableFile.Open(path, new TableHints(Separator: ';', HasHeader: true)).ColumnNames);
    }

    [Fact]
    public void NamesThatRepeat_AreNumbered()
    {
        string path = _folder.Write("t.csv", "x,y,x\n1,2,3\n");
        Assert.Equal(["x", "y", "x_2"], TableFile.Open(path, new TableHints(HasHeader: true)).ColumnNames);
    }

    [Fact]
    public void ARowOfAnotherLength_IsNamed()
    {
        string path = _folder.Write("t.csv", "a,b\n1,2\n3,4\n5\n");
        Assert.Contains("1 cell in line 4, but 2", InputError(() => TestTables.Profile(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyLines_AreNoRows() => Assert.Equal(2, TestTables.Profile(_folder.Write("t.csv", "a,b\n1,2\n\n3,4\n\n")).Rows);

    [Fact]
    public void AFileWithoutRows_IsSaidToHaveNone()
    {
        string empty = InputError(() => TestTables.Open(_folder.Write("t.csv", "")));
        string header = InputError(() => TestTables.Profile(_folder.Write("u.csv", "a,b\n")));
        Assert.Contains("t.csv' is empty: a table has a row of names and rows of values.", empty, StringComparison.Ordinal);
        Assert.Contains("a header but no rows", header, StringComparison.Ordinal);
    }

    [Fact]
    public void APackedFileThatIsCut_IsSaidToBeDamaged()
    {
        string rows = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},{i * 7919 % 104729}\n"));
        string path = TestTables.Gzip(_folder, "t.csv.gz", "a,b\n" + rows);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Assert.Contains("is damaged at byte ", InputError(() => TestTables.Open(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("incme", "did you mean 'income'?")]
    [InlineData("INCOME", "did you mean 'income'?")]
    [InlineData("colour", "there are 'age', 'income'")]
    public void AnUnknownColumn_IsAnsweredWithWhatThereIs(string column, string answer)
    {
        TableFile table = TestTables.Open(_folder.Write("t.csv", "age,income\n1,2\n"));
        Assert.Contains(answer, InputError(() => table.IndexOf(column)), StringComparison.Ordinal);
    }

    private static string InputError(Func<object> read)
    {
        ToolException error = Assert.Throws<ToolException>(read);
        Assert.Equal(ExitCode.Input, error.ExitCode);
        return error.Message;
    }
}
