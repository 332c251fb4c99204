using MLNet.DGating.Tool.Errors;
using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;

namespace MLNet.DGating.Tool.Tests.Quality;

public sealed class ThresholdTests
{
    [Theory]
    [InlineData("f1", ThresholdKind.F1)]
    [InlineData("cost=1:5", ThresholdKind.Cost)]
    [InlineData("0.3", ThresholdKind.Value)]
    public void ARule_IsReadAsItIsWritten(string text, object kind) => Assert.Equal(kind, ThresholdRule.Parse(text).Kind);

    [Theory]
    [InlineData("f2")]
    [InlineData("cost=1")]
    [InlineData("cost=0:1")]
    [InlineData("1")]
    [InlineData("NaN")]
    public void AnythingElse_IsRefused_WithWhatMayBeWritten(string text)
    {
        ToolException error = Assert.Throws<ToolException>(() => ThresholdRule.Parse(text));
        Assert.Contains($"but was '{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("cost=a:b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfCalibratedRows_TheLeastCost_IsWhereTheOddsAreThoseOfTheCosts()
    {
        // A miss costs four times as much as a false alarm: from a probability of 1 / (1 + 4) on an alarm is worth it.
        ThresholdRule chosen = ThresholdChoice.Choose(ThresholdRule.Parse("cost=1:4"), Calibrated(20_000));
        Assert.InRange(chosen.Probability, 0.15, 0.25);
    }

    [Fact]
    public void TheLargestF1Score_IsLargerThanThatOfOneHalf()
    {
        ScoredBoolean[] rows = Calibrated(5_000);
        ThresholdRule chosen = ThresholdChoice.Choose(ThresholdRule.Parse("f1"), rows);
        Assert.True(F1(rows, chosen.Score) > F1(rows, 0));
    }

    [Fact]
    public void ARow_IsTestedByAThresholdThatOthersChose()
    {
        // Of labels that are independent of the scores no threshold is better than chance on other rows, but the best one is on its own.
        var random = new Random(1);
        ScoredBoolean[] rows =
            [.. Enumerable.Range(0, 60).Select(_ => new ScoredBoolean(random.Next(2) == 0, false, random.NextDouble() - 0.5, 0.5, 1))];
        var rule = ThresholdRule.Parse("cost=1:1");
        ThresholdRule chosen = ThresholdChoice.Choose(rule, rows);
        int wrongOnOwn = rows.Count(row => row.Score > chosen.Score != row.Label);
        int wrong = ThresholdChoice.Apply(rule, rows, seed: 1).Count(row => row.Predicted != row.Label);
        Assert.True(wrong > wrongOnOwn);
    }

    private static double F1(ScoredBoolean[] rows, double score) =>
        BinaryMetrics.Of(rows.Select(row => row with { Predicted = row.Score > score })).All()
            .Single(metric => metric.Name == "f1Score").Value;

    private static ScoredBoolean[] Calibrated(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double probability = Math.Pow(random.NextDouble(), 2);
            return new ScoredBoolean(
                random.NextDouble() < probability, probability > 0.5, Math.Log(probability / (1 - probability)), probability, 1);
        })];
    }
}
