using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Input;

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
        Assert.Equal(names.Split(','), Tables.Open(_folder.Write("t.csv", text)).ColumnNames);

    [Fact]
    public void AHint_OverrulesWhatIsDetected()
    {
        string path = _folder.Write("t.csv", "2020,2021\n1,2\n");
        Assert.Equal(["2020", "2021"], TableFile.Open(path, new TableHints(HasHeader: true)).ColumnNames);
        Assert.Equal(["2020,2021"], TableFile.Open(path, new TableHints(Separator: ';')).ColumnNames);
    }

    [Fact]
    public void NamesThatRepeat_AreNumbered() =>
        Assert.Equal(["x", "y", "x_2"], TableFile.Open(_folder.Write("t.csv", "x,y,x\n1,2,3\n"), new TableHints(HasHeader: true)).ColumnNames);

    [Fact]
    public void ARowOfAnotherLength_IsNamed()
    {
        ToolException error = Assert.Throws<ToolException>(() => Tables.Profile(_folder.Write("t.csv", "a,b\n1,2\n3,4\n5\n")));
        Assert.Contains("1 cell in row 4, but 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyLines_AreNoRows() => Assert.Equal(2, Tables.Profile(_folder.Write("t.csv", "a,b\n1,2\n\n3,4\n\n")).Rows);

    [Fact]
    public void AFileWithoutRows_IsSaidToHaveNone()
    {
        Assert.Contains("is empty", Assert.Throws<ToolException>(() => Tables.Open(_folder.Write("t.csv", ""))).Message, StringComparison.Ordinal);
        Assert.Contains("a header but no rows", Assert.Throws<ToolException>(() => Tables.Profile(_folder.Write("u.csv", "a,b\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APackedFileThatIsCut_IsSaidToBeDamaged()
    {
        string path = Tables.Gzip(_folder, "t.csv.gz", "a,b\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i},{i * 7919 % 104729}\n")));
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        ToolException error = Assert.Throws<ToolException>(() => Tables.Profile(path));
        Assert.Equal(ExitCode.Input, error.ExitCode);
    }

    [Theory]
    [InlineData("incme", "did you mean 'income'?")]
    [InlineData("INCOME", "did you mean 'income'?")]
    [InlineData("colour", "there are 'age', 'income'")]
    public void AnUnknownColumn_IsAnsweredWithWhatThereIs(string column, string answer) =>
        Assert.Contains(answer, Assert.Throws<ToolException>(() => Tables.Open(_folder.Write("t.csv", "age,income\n1,2\n")).IndexOf(column)).Message, StringComparison.Ordinal);
}
