using MLNet.DGating.Tool.Columns;
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
