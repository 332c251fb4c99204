using MLNet.DGating.Tool.Input;
using MLNet.DGating.Tool.Pipelines;
using MLNet.DGating.Tool.Tests.Support;

namespace MLNet.DGating.Tool.Tests.Pipelines;

public sealed class InferenceTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0 1 1 0", "Binary", "0 1")]
    [InlineData("yes no yes", "Binary", "no yes")]
    [InlineData("True False", "Binary", "False True")]
    [InlineData("positive negative", "Binary", "negative positive")]
    [InlineData(">50K <=50K", "Binary", "<=50K >50K")]
    [InlineData("1 10 2 NA", "Multiclass", "1 2 10")]
    [InlineData("cat dog bird", "Multiclass", "bird cat dog")]
    [InlineData("1.5 2.5 3.5", "Regression", "")]
    public void TheTask_FollowsFromTheLabel(string values, string task, string words)
    {
        LabelColumn label = LabelInference.Infer(Profile(values.Split(' ')), null, null);
        Assert.Equal(task, $"{label.Task}");
        Assert.Equal(words, string.Join(' ', label.Words));
    }

    [Fact]
    public void ManyWholeNumbers_AreRegression() =>
        Assert.Equal(LearningTask.Regression, LabelInference.Infer(Profile([.. Enumerable.Range(0, 30).Select(i => $"{i}")]), null, null).Task);

    [Fact]
    public void ThePositiveWord_CanBeNamed() =>
        Assert.Equal("no", LabelInference.Infer(Profile("yes", "no"), null, "no").Positive);

    [Theory]
    [InlineData("a a", null, null, "'a' in every row")]
    [InlineData("NA ?", null, null, "has no values")]
    [InlineData("a b c", "Binary", null, "3 different values")]
    [InlineData("1 2 x", "Regression", null, "words such as 'x'")]
    [InlineData("yes no", null, "ja", "--positive 'ja' is no value")]
    [InlineData("a b c", null, "a", "--positive is for labels of two values")]
    public void ALabelThatCannotBe_IsExplained(string values, string? task, string? positive, string words)
    {
        ToolException error = Assert.Throws<ToolException>(() => LabelInference.Infer(Profile(values.Split(' ')), task is null ? null : Enum.Parse<LearningTask>(task), positive));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_BecomeWhatTheirKindAsks()
    {
        IEnumerable<string[]> rows = Enumerable.Range(0, 200).Select(i => new[]
        {
            $"{i}", i % 2 == 0 ? "yes" : "no", $"city {i % 30}", $"shop {i % 80}", $"a note of its own, number {i}", $"2024-01-{i % 28 + 1:00}", "", $"{i % 7}",
        });
        TableProfile table = Tables.Profile(_folder.Write("t.csv", Tables.Csv(rows.Prepend(["n", "label", "city", "shop", "note", "day", "void", "code"]))));
        (ModelColumn[] read, LeftOutColumn[] leftOut) = ColumnChoice.Choose(table, "label", new ColumnHints { MaximumCategories = 50, Categorical = ["code"] });
        Assert.Equal(
            [("n", Encoding.Number), ("city", Encoding.OneHot), ("shop", Encoding.Hash), ("day", Encoding.Date), ("code", Encoding.OneHot)],
            read.Select(column => (column.Name, column.Encoding)));
        Assert.Equal(["note", "void"], leftOut.Select(column => column.Name));
        Assert.Contains(ColumnChoice.Choose(table, "label", new ColumnHints { Text = ["note"] }).Read, column => column is { Name: "note", Encoding: Encoding.Ngrams });
    }

    private static ColumnProfile Profile(params string[] values)
    {
        var profile = new ColumnProfile("y", 0);
        foreach (string value in values)
        {
            profile.Add(value);
        }

        return profile;
    }
}
