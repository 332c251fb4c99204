using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Inference;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Inference;

public sealed class ColumnChoiceTests : IDisposable
{
    private static readonly string[] s_names = ["n", "label", "city", "shop", "note", "day", "void", "code"];

    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_BecomeWhatTheirKindAsks()
    {
        string text = TestTables.Csv(Enumerable.Range(0, 200).Select(Row).Prepend(s_names));
        TableProfile table = TestTables.Profile(_folder.Write("t.csv", text));
        var hints = new ColumnHints { MaximumCategories = 50, Categorical = ["code"] };
        (ModelColumn[] read, LeftOutColumn[] leftOut) = ColumnChoice.Choose(table, "label", hints);
        Assert.Equal(
            [
                ("n", ColumnEncoding.Number), ("city", ColumnEncoding.OneHot), ("shop", ColumnEncoding.Hash), ("day", ColumnEncoding.Date),
                ("code", ColumnEncoding.OneHot),
            ],
            read.Select(column => (column.Name, column.Encoding)));
        Assert.Equal(["note", "void"], leftOut.Select(column => column.Name));

        Assert.Contains("no value repeats, as in an id; --categorical note", leftOut[0].Reason, StringComparison.Ordinal);
        (ModelColumn[] withText, _) = ColumnChoice.Choose(table, "label", new ColumnHints { Text = ["note"] });
        Assert.Equal(ColumnEncoding.Ngrams, withText.Single(column => column.Name == "note").Encoding);
    }

    [Fact]
    public void ManyValues_HaveASlotEach_WhereTheyHaveRowsToLearnFrom()
    {
        Assert.Equal(ColumnEncoding.OneHot, EncodingOf(values: 1500, rows: 9000, null));
        Assert.Equal(ColumnEncoding.Hash, EncodingOf(values: 1500, rows: 4000, null));
        Assert.Equal(ColumnEncoding.OneHot, EncodingOf(values: 1500, rows: 4000, maximum: 1500));
        Assert.Equal(ColumnEncoding.Hash, EncodingOf(values: 1500, rows: 9000, maximum: 1000));
    }

    [Fact]
    public void Sentences_BecomeWords_WithoutBeingAskedFor()
    {
        var column = new ColumnProfile("note", 0);
        for (int i = 0; i < 50; i++)
        {
            column.Add($"a note of its own, number {i}");
        }

        Assert.Equal(ColumnEncoding.Ngrams, ColumnChoice.EncodingOf(column, new ColumnHints()));
        var phones = new ColumnProfile("phone", 0);
        for (int i = 0; i < 50; i++)
        {
            phones.Add($"+49 30 80{i * 7919}");
        }

        Assert.Null(ColumnChoice.EncodingOf(phones, new ColumnHints()));
        Assert.Contains("--ignore note", Assert.Single(ColumnNotes.Of(column, ColumnEncoding.Ngrams)), StringComparison.Ordinal);
    }

    private static ColumnEncoding? EncodingOf(int values, int rows, int? maximum)
    {
        var column = new ColumnProfile("shop", 0);
        for (int i = 0; i < rows; i++)
        {
            column.Add($"shop {i % values}");
        }

        return ColumnChoice.EncodingOf(column, new ColumnHints { MaximumCategories = maximum });
    }

    private static string[] Row(int i) =>
    [
        $"{i}", i % 2 == 0 ? "yes" : "no", $"city {i % 30}", $"shop {i % 80}", $"note-{i}",
        $"2024-01-{i % 28 + 1:00}", "", $"{i % 7}",
    ];
}
