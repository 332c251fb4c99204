using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Tables;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Tables;

/// <summary>What spreadsheets and other programs write beside rows is understood.</summary>
public sealed class SeparatedRowsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ANameOfSeveralLines_ThatBeginsAsASeparatorLineDoes_IsAName()
    {
        string path = _folder.Write("t.csv", "\"sep=;\nof lines\",b\n1,2\n3,4\n");
        var table = TableFile.Open(path, TableHints.None with { Separator = ',', HasHeader = true });
        Assert.StartsWith("sep=;", table.ColumnNames[0], StringComparison.Ordinal);
        Assert.Equal([["1", "2"], ["3", "4"]], TestTables.Read(table));
    }

    [Theory]
    [InlineData("sep=;\na;b\n1;2\n", ';')]
    [InlineData("\uFEFFsep=|\r\na|b\r\n1|2\r\n", '|')]
    [InlineData("\"sep=;\"\na;b\n1;2\n", ';')]
    public void ALineThatNamesTheSeparator_IsNoHeader(string text, char separator)
    {
        TableFile table = TestTables.Open(_folder.Write("t.csv", text));
        Assert.Equal(separator, table.Format.Separator);
        Assert.Equal(["a", "b"], table.ColumnNames);
        Assert.Equal([["1", "2"]], TestTables.Read(table));
    }

    [Fact]
    public void RowsWithoutAnyValue_AreSkippedAndCounted()
    {
        string path = _folder.Write("t.csv", "a,b\n1,2\n,\n3,\n , \n\n");
        Assert.Equal([["1", "2"], ["3", ""]], TestTables.Read(TestTables.Open(path)));
        Assert.Equal(3, TestTables.Profile(path).EmptyRows);
    }

    [Fact]
    public void Comments_AreSkippedWhereAskedFor()
    {
        string path = _folder.Write("t.csv", "# made by hand\na,b\n1,2\n# the end\n");
        var table = TableFile.Open(path, new TableHints(Comment: '#'));
        Assert.Equal(["a", "b"], table.ColumnNames);
        Assert.Equal([["1", "2"]], TestTables.Read(table));
    }

    [Fact]
    public void TheLineOfARaggedRow_CountsLineBreaksInQuotes()
    {
        string path = _folder.Write("t.csv", "a,b\n\"two\nlines\",2\n3\n");
        ToolException error = Assert.Throws<ToolException>(() => TestTables.Profile(path));
        Assert.Contains("1 cell in line 4, but 2 in the first", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows-1252", "größe", "groß")]
    [InlineData("windows-1252", "Wohnfläche", "Görlitz, München und Köln; 5 €")]
    [InlineData("windows-1251", "размер", "большой город у реки, малый город у моря")]
    [InlineData("utf-8", "größe", "groß")]
    [InlineData("utf-16", "größe", "groß")]
    public void TheEncoding_IsFoundOut(string charset, string name, string word)
    {
        string text = TestTables.Csv(Enumerable.Repeat(new[] { word, "1" }, 50).Prepend([name, "y"]));
        File.WriteAllBytes(_folder["t.csv"],
            [.. Charsets.Encoding(charset, charset == "utf-16").GetPreamble(), .. Charsets.Encoding(charset, false).GetBytes(text)]);
        TableFile table = TestTables.Open(_folder["t.csv"]);
        Assert.Equal(name, table.ColumnNames[0]);
        Assert.Equal(word, TestTables.Read(table)[0][0]);
        Assert.Equal(charset.StartsWith("windows", StringComparison.Ordinal), table.Warnings.Count > 0);
    }

    [Fact]
    public void AnEncodingThatDoesNotFit_IsRefused_AndSoIsAnUnknownOne()
    {
        File.WriteAllBytes(_folder["t.csv"], [.. "a,b\n"u8, 0xE4, .. ",1\n"u8]);
        ToolException wrong = Assert.Throws<ToolException>(() => TableFile.Open(_folder["t.csv"], new TableHints(Charset: "utf-8")));
        Assert.Contains("is not in utf-8, from byte 4 on", wrong.Message, StringComparison.Ordinal);
        ToolException unknown = Assert.Throws<ToolException>(() => TableFile.Open(_folder["t.csv"], new TableHints(Charset: "latin")));
        Assert.Equal(ExitCode.Usage, unknown.ExitCode);
    }

    [Fact]
    public void NamesThatRepeatOrLack_AreMadeUnique_AndSaid()
    {
        TableFile table = TestTables.Open(_folder.Write("t.csv", "x,x,,x_2,x\n1,2,3,4,5\n"));
        Assert.Equal(["x", "x_3", "Column3", "x_2", "x_4"], table.ColumnNames);
        Assert.Equal(2, table.Warnings.Count);
        Assert.Contains("the later columns are called 'x_3', 'x_4'", table.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void NamesKeepNoMarkAndNoSpaceAtTheirEnds_InAnyOrder()
    {
        TableFile table = TestTables.Open(_folder.Write("t.csv", "a,\uFEFF\u2028b,\uFEFF \uFEFFc \n1,2,3\n"));
        Assert.Equal(["a", "b", "c"], table.ColumnNames);
    }

    [Fact]
    public void ABlockThatCannotBeUnpacked_IsDamage()
    {
        // A block with codes of its own, whose lengths are the same byte again and again; the fuzzer found it.
        const string block =
            "H4sIAAAAAAAAA7VdXZPbtpJ99y/ZraKq0Gh8Pk3l+iab7K5vXOvcyjOtoS1WNNIUpRkjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMj"
            + "IyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMj";
        File.WriteAllBytes(_folder["t.csv.gz"], Convert.FromBase64String(block));
        ToolException error = Assert.Throws<ToolException>(() => TestTables.Open(_folder["t.csv.gz"]));
        Assert.Contains("is damaged at byte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AChecksumThatIsWrong_IsDamage()
    {
        string path = TestTables.Gzip(_folder, "t.csv.gz", "a,b\n1,2\n3,4\n");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^6] ^= 1;
        File.WriteAllBytes(path, bytes);
        ToolException error = Assert.Throws<ToolException>(() => TestTables.Open(path));
        Assert.Contains($"is damaged at byte {bytes.Length} of {bytes.Length}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_AreWrittenInTheEncodingOfTheTable()
    {
        IEnumerable<string[]> rows =
            Enumerable.Range(0, 200).Select(i => new[] { i % 2 == 0 ? "groß" : "klein", $"{i % 2 * 3 + i % 3}" }).Prepend(["größe", "y"]);
        File.WriteAllBytes(_folder["t.csv"], Charsets.Encoding("windows-1252", false).GetBytes(TestTables.Csv(rows)));
        ToolRun.Of("train", _folder["t.csv"], "--label", "y", "--task", "regression", "-o", _folder["m.zip"]).Succeeded();
        ToolRun.Of("predict", _folder["m.zip"], _folder["t.csv"], "-o", _folder["p.csv"]).Succeeded();
        string written = File.ReadAllText(_folder["p.csv"], Charsets.Encoding("windows-1252", false));
        Assert.StartsWith("größe,y,Prediction\ngroß,", written, StringComparison.Ordinal);
    }
}
