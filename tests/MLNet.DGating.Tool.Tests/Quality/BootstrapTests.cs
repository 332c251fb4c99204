using MLNet.DGating.Tool.Models;
using MLNet.DGating.Tool.Quality;

namespace MLNet.DGating.Tool.Tests.Quality;

public sealed class BootstrapTests
{
    [Fact]
    public void Intervals_HoldTheTruth_AsOftenAsTheySay()
    {
        int held = Enumerable.Range(0, 100).Count(seed =>
        {
            Metric accuracy = BinaryMetrics.Of(Rows(seed, rows: 200, blocks: null)).WithIntervals(seed)[0];
            return accuracy.Low <= 0.8 && accuracy.High >= 0.8;
        });
        Assert.InRange(held, 88, 100);
    }

    [Fact]
    public void Intervals_OfTheSameSeed_AreTheSame()
    {
        var metrics = BinaryMetrics.Of(Rows(1, 100, null));
        Assert.Equal(metrics.WithIntervals(3), metrics.WithIntervals(3));
        Assert.NotEqual(metrics.WithIntervals(3), metrics.WithIntervals(4));
    }

    [Fact]
    public void RowsThatBelongTogether_AreDrawnTogether_SoThatTheIntervalIsWider()
    {
        double Width(int? blocks)
        {
            Metric accuracy = BinaryMetrics.Of(Rows(1, 400, blocks)).WithIntervals(1)[0];
            return accuracy.High!.Value - accuracy.Low!.Value;
        }

        Assert.True(Width(blocks: 20) > 2 * Width(blocks: null));
    }

    [Fact]
    public void Metrics_OfOneRow_HaveNoInterval()
    {
        Metric only = RegressionMetrics.Of([new(1, 2, 1)]).WithIntervals(1).Single(metric => metric.Name == "meanAbsoluteError");
        Assert.Equal((1.0, null, null), (only.Value, only.Low, only.High));
    }

    // Of each block all rows are right or all are wrong.
    private static IEnumerable<ScoredBoolean> Rows(int seed, int rows, int? blocks)
    {
        var random = new Random(seed);
        bool[] right = [.. Enumerable.Range(0, blocks ?? rows).Select(_ => random.NextDouble() < 0.8)];
        return Enumerable.Range(0, rows).Select(i =>
        {
            bool label = i % 2 == 0, isRight = right[i % right.Length];
            return new ScoredBoolean(label, label == isRight, i, 0.5, 1) { Block = blocks is null ? null : i % right.Length };
        });
    }
}
