using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Tests.Support;
using Parquet;
using Parquet.Schema;

namespace MLNet.DGating.Tool.Tests.Tables;

public sealed class ParquetRowsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Values_AreReadAsACsvWouldHaveThem_OverSeveralRowGroups()
    {
        await Write("t.parquet", groups: 3);
        TableProfile table = TestTables.Profile(_folder["t.parquet"]);
        Assert.Equal(["word", "number", "whole", "flag", "day"], table.File.ColumnNames);
        Assert.Equal(
            [ColumnKind.Categorical, ColumnKind.Numeric, ColumnKind.Numeric, ColumnKind.Boolean, ColumnKind.Date],
            table.Columns.Select(column => column.Kind));
        string[][] rows = TestTables.Read(table.File);
        Assert.Equal(9, rows.Length);
        Assert.Equal(["a,b", "1.5", "1", "true", "2024-02-29"], rows[0]);
        Assert.Equal(["", "1E-07", "", "", "2024-02-29 12:30:00"], rows[1]);
        Assert.Equal(["c", "-3", "3", "false", "1970-01-01"], rows[8]);
    }

    [Fact]
    public async Task AColumnOfOneValue_IsRead_HoweverSmallItIs()
    {
        const int rows = 3_000_000;
        var number = new DataField<double>("number");
        var other = new DataField<double>("other");
        await using (FileStream file = File.Create(_folder["t.parquet"]))
        {
            var options = new ParquetOptions { CompressionMethod = CompressionMethod.Gzip };
            await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(number, other), file, options);
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<double>(number, new double[rows].AsMemory());
            await group.WriteAsync<double>(other, Enumerable.Range(0, rows).Select(i => (double)(i % 1000)).ToArray().AsMemory());
        }

        Assert.Equal(rows, TestTables.Profile(_folder["t.parquet"]).Rows);
    }

    [Fact]
    public async Task ASizeThatIsBeyondTheFile_IsRefused_BeforeThereIsMemoryForIt()
    {
        await Write("t.parquet", groups: 1);
        byte[] good = File.ReadAllBytes(_folder["t.parquet"]);
        byte[] huge = [0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        var messages = new List<string>();
        for (int at = 4; at < good.Length - 8; at += 3)
        {
            // A varint of 2^31 - 1 in place of what was there.
            File.WriteAllBytes(_folder["m.parquet"], [.. good[..at], .. huge, .. good[Math.Min(at + huge.Length, good.Length)..]]);
            var run = ToolRun.Of("inspect", _folder["m.parquet"]);
            Assert.True(run.ExitCode is ExitCode.Success or ExitCode.Input, run.Error);
            messages.Add(run.Error);
        }

        Assert.Contains(messages, message => message.Contains("a size in its description is beyond its end", StringComparison.Ordinal));
        Assert.Contains(messages, message => message.Contains("a page of it would have", StringComparison.Ordinal));
        Assert.DoesNotContain(messages, message => message.Contains("does not suffice", StringComparison.Ordinal));
    }

    [Fact]
    public void APageThatSnappyWouldUnpackToMore_IsRefused_BeforeThereIsMemoryForIt()
    {
        // Found by the fuzzer: the first bytes of a page say 128 MB, its header 42 bytes.
        File.WriteAllBytes(_folder["m.parquet"], Convert.FromBase64String(
            "UEFSMRUAFVQVSiwVChUAFQYVBhwYCAAAAAAAABRAGAgAAAAAAADwPxYCKAgAAAAAAAAUQBgIAAAAAAAA8D8AAAD///8/AAAAAAIABAEABQEE8D" +
            "8FBwgABEAJCCQQQAAAAAAAABRAFQAVPBVALBUKFQAVBhUGHBgBZRgBYRYCKAFlGAFhAAAAHnQGAAAABAECAAQBAQAAAGEBAAAAYgEAAABkAQAA" +
            "AGUVAhk8SARyb290FQQAFQolAhgBeAAVDCUCGAR3b3JkJQBMHAAAABYKGRwZLCYIHBUKGSUABhkYAXgVAhYKFs4BFsQBJgg8GAgAAAAAAAAUQB" +
            "gIAAAAAAAA8D8WAigIAAAAAAAAFEAYCAAAAAAAAPA/AAAAJswBHBUMGSUABhkYBHdvcmQVAhYKFn4WggEmzAE8GAFlGAFhFgIoAWUYAWEAAAAW" +
            "zAIWCjbGAgAoSlBhcnF1ZXQuTmV0IHZlcnNpb24gNi4xLjAgKGJ1aWxkIGMxNzlkOTdiZDI1NDliNWY0NGE5MjQxZTcyOWY4NjlkNDk0N2VlNT" +
            "kpAPgAAABQQVIx"));
        var run = ToolRun.Of("inspect", _folder["m.parquet"]);
        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains("a page of it would have 134,217,727 bytes unpacked", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFieldOfAnotherType_IsRefused_BeforeItIsReadAsWhatItShouldBe()
    {
        // Field 9 is a name, and here a flag, which has no length that could be read.
        byte[] description = [0x92, 0x00];
        File.WriteAllBytes(_folder["m.parquet"], [.. "PAR1"u8, .. description, 2, 0, 0, 0, .. "PAR1"u8]);
        var run = ToolRun.Of("inspect", _folder["m.parquet"]);
        Assert.Equal(ExitCode.Input, run.ExitCode);
        Assert.Contains("a field of its description has another type than it should have", run.Error, StringComparison.Ordinal);
    }

    private async Task Write(string name, int groups)
    {
        var word = new DataField<string>("word");
        var number = new DataField<double>("number");
        var whole = new DataField<int?>("whole");
        var flag = new DataField<bool?>("flag");
        var day = new DataField<DateTime>("day");
        await using FileStream file = File.Create(_folder[name]);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(word, number, whole, flag, day), file);
        for (int i = 0; i < groups; i++)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(word, (IReadOnlyCollection<string?>)["a,b", null, "c"]);
            await group.WriteAsync<double>(number, new[] { 1.5, 1e-7, -3 }.AsMemory());
            await group.WriteAsync<int>(whole, new int?[] { 1, null, 3 }.AsMemory());
            await group.WriteAsync<bool>(flag, new bool?[] { true, null, false }.AsMemory());
            await group.WriteAsync<DateTime>(day, new[] { Day(2024, 2, 29), Day(2024, 2, 29).AddHours(12.5), Day(1970, 1, 1) }.AsMemory());
        }
    }

    private static DateTime Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);
}
