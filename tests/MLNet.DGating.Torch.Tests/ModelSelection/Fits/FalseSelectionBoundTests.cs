using MLNet.DGating.Torch.Evaluation;
using MLNet.DGating.Torch.ModelSelection.Fits;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.ModelSelection.Fits;

public class FalseSelectionBoundTests
{
    [Theory]
    [InlineData(10, 200, 0.6, 50, 10 * 10 / 200.0 / (2 * (2 * 0.6 - 1 - 0.01)))]
    [InlineData(10, 200, 0.75, 50, 10 * 10 / 200.0 / (2 * (0.5 - 0.01)))]
    [InlineData(10, 200, 0.9, 50, 10 * 10 / 200.0 * 4 * (0.1 + 0.01) / 1.02)]
    [InlineData(10, 200, 1, 50, 10 * 10 / 200.0 * 4 * 0.01 / 1.02)]
    public void WhereTheSelectionsAreFew_TheUnimodalBoundHolds(int selected, int features, double threshold, int pairs, double expected)
    {
        var bound = FalseSelectionBound.Of(selected, features, threshold, pairs);
        Assert.Equal(expected, bound.Expected, 1e-12);
        Assert.True(bound.AssumesUnimodality);
    }

    [Theory]
    [InlineData(60, 100, 0.9, 50)] // θ above 1/√3
    [InlineData(1, 100, 0.51, 50)] // below 1/2 + 1/B
    [InlineData(40, 100, 0.62, 50)] // below 1/2 + 1/(2B) + ¾θ²
    [InlineData(1, 10, 1, 1)] // a single pair
    public void WhereTheTheoremSaysNothing_TheWorstCaseHolds(int selected, int features, double threshold, int pairs)
    {
        var bound = FalseSelectionBound.Of(selected, features, threshold, pairs);
        Assert.Equal((double)selected * selected / ((2 * threshold - 1) * features), bound.Expected, 1e-9);
        Assert.False(bound.AssumesUnimodality);
    }

    [Fact]
    public void AThresholdBetweenTwoFrequencies_IsAsStrictAsTheUpperOne() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[2, 50], Gen.Double[0.001, 0.999]).Sample((selected, pairs, part) =>
        {
            double upper = (1.5 * pairs + 1) / (2 * pairs);
            upper = Math.Floor(upper * 2 * pairs) / (2 * pairs);
            Assert.Equal(
                FalseSelectionBound.Of(selected, 200, upper, pairs),
                FalseSelectionBound.Of(selected, 200, upper - part / (2 * pairs), pairs));
        });

    [Fact]
    public void TheBound_GrowsWithTheCount_AndFallsWithTheThreshold() =>
        Gen.Select(Gen.Int[1, 198], Gen.Double[0.51, 0.98], Gen.Int[2, 60]).Sample((selected, threshold, pairs) =>
        {
            double bound = FalseSelectionBound.Of(selected, 200, threshold, pairs).Expected;
            Assert.True(FalseSelectionBound.Of(selected + 1, 200, threshold, pairs).Expected > bound);
            Assert.True(FalseSelectionBound.Of(selected, 200, threshold + 0.02, pairs).Expected <= bound);
            Assert.True(
                bound <= (double)selected * selected / ((2 * threshold - 1) * 200) + 1e-9, "The bound is never above the worst case.");
        });

    [Theory]
    [InlineData(6, 0.6)]
    [InlineData(6, 0.75)]
    [InlineData(6, 0.9)]
    [InlineData(15, 0.75)]
    public void OnNoise_FewerFeaturesAreStableThanTheBoundSays(int selected, double threshold)
    {
        // Each half selects the columns of largest covariance with a label that has nothing to do with any: whatever is stable is false.
        const int Features = 40, Rows = 40, Pairs = 20, Repetitions = 100;
        int[] rows = [.. Enumerable.Range(0, Rows)];
        double stable = 0;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            var random = new Random(repetition);
            float[][] columns = [.. Enumerable.Range(0, Features).Select(_ => rows.Select(_ => random.NextNormal()).ToArray())];
            float[] label = [.. rows.Select(_ => random.NextNormal())];
            int[] times = new int[Features];
            for (int pair = 0; pair < Pairs; pair++)
            {
                foreach (int[] half in Folds.Deal(rows, null, null, 2, new RandomStream(repetition, pair)))
                {
                    double Covariance(int column) => half.Sum(row => columns[column][row] * label[row]);
                    IEnumerable<int> ranked = Enumerable.Range(0, Features).OrderByDescending(column => Math.Abs(Covariance(column)));
                    foreach (int column in ranked.Take(selected))
                    {
                        times[column]++;
                    }
                }
            }

            stable += times.Count(time => time >= threshold * 2 * Pairs) / (double)Repetitions;
        }

        var bound = FalseSelectionBound.Of(selected, Features, threshold, Pairs);
        Assert.True(bound.AssumesUnimodality);
        Assert.InRange(stable, threshold < 0.9 ? bound.Expected / 50 : 0, bound.Expected);
    }
}
