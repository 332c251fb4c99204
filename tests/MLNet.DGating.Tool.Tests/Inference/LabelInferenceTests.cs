using MLNet.DGating.Tool.Columns;
using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Inference;

namespace MLNet.DGating.Tool.Tests.Inference;

public sealed class LabelInferenceTests
{
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
    public void ManyWholeNumbers_AreRegression()
    {
        ColumnProfile label = Profile([.. Enumerable.Range(0, 30).Select(i => $"{i}")]);
        Assert.Equal(LearningTask.Regression, LabelInference.Infer(label, null, null).Task);
    }

    [Fact]
    public void ThePositiveWord_CanBeNamed() =>
        Assert.Equal("no", LabelInference.Infer(Profile("yes", "no"), null, "no").Positive);

    [Theory]
    [InlineData("a a", null, null, "Training", "is 'a' in every row: there is nothing to predict")]
    [InlineData("NA ?", null, null, "Training", "The label 'y' has no values")]
    [InlineData("a b c", "Binary", null, "Training", "The label 'y' has 3 different values")]
    [InlineData("1 2 x", "Regression", null, "Training", "has words such as 'x', not only numbers")]
    [InlineData("yes no", null, "ja", "Usage", "--positive 'ja' is no value of 'y'")]
    [InlineData("a b c", null, "a", "Usage", "--positive is for labels of two values")]
    public void ALabelThatCannotBe_IsExplained(string values, string? task, string? positive, string code, string words)
    {
        LearningTask? given = task is null ? null : Enum.Parse<LearningTask>(task);
        ToolException error = Assert.Throws<ToolException>(() => LabelInference.Infer(Profile(values.Split(' ')), given, positive));
        Assert.Equal(code, $"{error.ExitCode}");
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
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
