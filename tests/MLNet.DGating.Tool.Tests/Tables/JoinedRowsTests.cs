using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Tables;

public sealed class JoinedRowsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFilesOfATable_AreReadOneAfterAnother_EachInItsOwnFormat()
    {
        string first = _folder.Write("1.csv", "a,b\n1,x\n"), none = _folder.Write("2.csv", "a,b\n");
        string packed = TestTables.Gzip(_folder, "3.tsv.gz", "a\tb\n2\ty\n3\tz\n");
        var table = TableFile.Open([first, none, packed], TableHints.None);
        Assert.Equal(["a", "b"], table.ColumnNames);
        Assert.Equal("1.csv and 2 further files", table.Name);
        string[][] expected = [["1", "x"], ["2", "y"], ["3", "z"]];
        Assert.Equal(expected, TestTables.Read(table));
        Assert.Equal(expected, TestTables.Read(table));
    }

    [Fact]
    public void EmptyRows_AreCountedInAllFiles()
    {
        string first = _folder.Write("1.csv", "a,b\n1,x\n,\n"), second = _folder.Write("2.csv", "a,b\n,\n2,y\n");
        using TableReader reader = TableFile.Open([first, second], TableHints.None).Read();
        int rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        Assert.Equal((2, 2), (rows, reader.EmptyRows));
    }

    [Fact]
    public void AFileWithOtherColumns_IsNamed()
    {
        string first = _folder.Write("1.csv", "a,b\n1,x\n"), other = _folder.Write("2.csv", "b,a\nx,1\n");
        ToolException error = Assert.Throws<ToolException>(() => TableFile.Open([first, other], TableHints.None));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains("2.csv' has other columns than '", error.Message, StringComparison.Ordinal);
    }
}
