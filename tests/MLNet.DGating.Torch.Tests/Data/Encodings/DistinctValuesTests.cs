using MLNet.DGating.Torch.Data.Encodings;

namespace MLNet.DGating.Torch.Tests.Data.Encodings;

public class DistinctValuesTests
{
    [Fact]
    public void Values_AreAscending_WithTheCountsWeightsAndTargetsOfTheirRows() =>
        Gen.Select(Gen.Int[-4, 4].Array[0, 60], Gen.Int[1, 3], Gen.Int).Sample((numbers, width, seed) =>
        {
            var random = new Random(seed);
            float[] column = [.. numbers.Select(number => number / 2f)];
            float[] weights = [.. column.Select(_ => 0.5f + random.NextSingle())];
            float[] targets = [.. Enumerable.Range(0, width * column.Length).Select(_ => random.NextNormal())];
            var values = DistinctValues.Of(column, weights, targets, width);
            Assert.Equal(column.Distinct().Order(), values.Values);
            Assert.Equal(width, values.TargetWidth);
            for (int i = 0; i < values.Count; i++)
            {
                int[] rows = [.. Enumerable.Range(0, column.Length).Where(row => column[row] == values.Values[i])];
                Assert.Equal(rows.Length, values.Counts[i]);
                Assert.Equal(rows.Sum(row => (double)weights[row]), values.WeightOf(i, i + 1), 1e-5);
                for (int k = 0; k < width; k++)
                {
                    Assert.Equal(
                        rows.Sum(row => (double)weights[row] * targets[row * width + k]), values.TargetOf(i, i + 1, k), 1e-5);
                }
            }

            Assert.Equal(weights.Sum(weight => (double)weight), values.WeightOf(0, values.Count), 1e-5);
        });

    [Fact]
    public void MissingValues_AreLeftOut_WithTheirWeightsAndTargets()
    {
        var values = DistinctValues.Of([float.NaN, 2, -1, float.NaN, 2], [100, 1, 2, 100, 3], [100, 1, 2, 100, 3], 1);
        Assert.Equal([-1, 2], values.Values);
        Assert.Equal([1, 2], values.Counts);
        Assert.Equal((2, 4), (values.WeightOf(0, 1), values.WeightOf(1, 2)));
        Assert.Equal((4, 10), (values.TargetOf(0, 1, 0), values.TargetOf(1, 2, 0)));
    }

    [Fact]
    public void AColumnWithoutAnyValue_HasNone()
    {
        Assert.Equal(0, DistinctValues.Of([float.NaN, float.NaN], [1, 1], [1, 1], 1).Count);
        Assert.Equal(0, DistinctValues.Of([], [], [], 1).Count);
    }

    [Fact]
    public void ZerosOfEitherSign_AreOneValue() => Assert.Equal(1, DistinctValues.Of([0f, -0f, 0f], [1, 1, 1], [1, 2, 3], 1).Count);
}
