using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

public class ColumnScalingTests
{
    [Fact]
    public void Compute_GivesTheWeightedMeanAndDeviationOfTheGivenRows() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[1, 9], Gen.Bool, Gen.Int).Sample((rows, columns, weighted, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix matrix = RandomData.Matrix(rows + 1, columns, (_, j) => 3 * j + (1 + j) * random.NextNormal());
            int[] used = [.. Enumerable.Range(1, rows)];
            float[] weights = weighted ? [.. Enumerable.Range(0, rows + 1).Select(_ => 0.1f + random.NextSingle())] : [];
            ColumnScaling scaling = ColumnScaling.Compute(matrix, used, weights);
            for (int j = 0; j < columns; j++)
            {
                double Weight(int row) => weighted ? weights[row] : 1;
                double total = used.Sum(Weight), mean = used.Sum(row => Weight(row) * matrix.Row(row)[j]) / total;
                double variance = used.Sum(row => Weight(row) * Math.Pow(matrix.Row(row)[j] - mean, 2)) / total;
                Assert.Equal(mean, scaling.Means[j], 1e-5 * (1 + Math.Abs(mean)));
                Assert.Equal(1, scaling.InverseDeviations[j] * Math.Sqrt(variance), 1e-5);
            }
        });

    [Theory]
    [InlineData(0f)]
    [InlineData(3.7f)]
    [InlineData(-1e20f)]
    [InlineData(1e-30f)]
    public void AConstantColumn_BecomesZero(float value)
    {
        DesignMatrix matrix = RandomData.Matrix(7, 2, (i, j) => j == 0 ? value : i);
        ColumnScaling scaling = Compute(matrix);
        Assert.True(scaling.IsConstant(0));
        Assert.False(scaling.IsConstant(1));
        Assert.Equal(0, Standardized(matrix, scaling, 3)[0]);
        // Other rows may differ from the training rows.
        var other = new float[2];
        scaling.Apply([value + 5, 0], other);
        Assert.Equal(0, other[0]);
    }

    [Fact]
    public void RoundingOfALargeConstant_CountsAsConstant()
    {
        // The last bit of a float flickers.
        DesignMatrix matrix = RandomData.Matrix(100, 1, (i, _) => i % 2 == 0 ? 16_777_216f : 16_777_217f);
        Assert.True(Compute(matrix).IsConstant(0));
    }

    [Fact]
    public void LargeMeans_LeaveTheDeviationRight()
    {
        var random = new Random(1);
        DesignMatrix matrix = RandomData.Matrix(2_000, 1, (_, _) => 1e6f + 10 * random.NextNormal());
        ColumnScaling scaling = Compute(matrix);
        double[] z = [.. Enumerable.Range(0, matrix.Rows).Select(row => (double)Standardized(matrix, scaling, row)[0])];
        // The mean itself is rounded to the spacing of floats at 10⁶, a sixteenth.
        Assert.Equal(0, z.Average(), 0.0625 / 10);
        Assert.Equal(1, Math.Sqrt(z.Average(value => value * value)), 1e-3);
    }

    [Fact]
    public void Outliers_AreClippedAtTheBound()
    {
        DesignMatrix matrix = RandomData.Matrix(10_000, 1, (i, _) => i == 0 ? 1000 : i == 1 ? -1000 : i % 2);
        ColumnScaling scaling = Compute(matrix);
        Assert.Equal(DGatingDefaults.StandardizedBound, Standardized(matrix, scaling, 0)[0]);
        Assert.Equal(-DGatingDefaults.StandardizedBound, Standardized(matrix, scaling, 1)[0]);
        Assert.InRange(Standardized(matrix, scaling, 2)[0], -1, 1);
    }

    [Fact]
    public void FeatureRows_AreTheSame_WhetherColumnsAreSkippedOrCopied() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[1, 40], Gen.Int).Sample((rows, columns, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix matrix = RandomData.Matrix(rows, columns, (_, j) => j + 2 * random.NextNormal());
            int[] kept = [.. Enumerable.Range(0, columns).OrderBy(_ => random.Next()).Take(1 + random.Next(columns))];
            var whole = new FeatureRows(matrix, Compute(matrix));
            FeatureRows selected = whole.Select(kept), again = selected.Select([.. Enumerable.Range(0, kept.Length).Reverse()]);
            for (int row = 0; row < rows; row++)
            {
                float[] all = new float[columns], some = new float[kept.Length], reversed = new float[kept.Length];
                whole.Read(row, all);
                selected.Read(row, some);
                again.Read(row, reversed);
                Assert.Equal(kept.Select(column => all[column]), some);
                Assert.Equal(some.Reverse(), reversed);
            }
        });

    private static ColumnScaling Compute(DesignMatrix matrix) => ColumnScaling.Compute(matrix, [.. Enumerable.Range(0, matrix.Rows)], []);

    private static float[] Standardized(DesignMatrix matrix, ColumnScaling scaling, int row)
    {
        var values = new float[matrix.Columns];
        scaling.Apply(matrix.Row(row), values);
        return values;
    }
}
