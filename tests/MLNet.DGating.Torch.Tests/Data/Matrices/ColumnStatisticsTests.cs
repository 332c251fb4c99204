using System.Numerics.Tensors;
using MLNet.DGating.Model;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

public class ColumnStatisticsTests
{
    [Fact]
    public void Of_GivesTheWeightedMeanAndDeviationOfTheGivenRows() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[1, 9], Gen.Bool, Gen.Int).Sample((rows, columns, weighted, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix matrix = RandomData.Matrix(rows + 1, columns, (_, j) => 3 * j + (1 + j) * random.NextNormal());
            int[] used = [.. Enumerable.Range(1, rows)];
            float[] weights = weighted ? [.. Enumerable.Range(0, rows + 1).Select(_ => 0.1f + random.NextSingle())] : [];
            var statistics = ColumnStatistics.Of(matrix, used, weights);
            for (int j = 0; j < columns; j++)
            {
                double Weight(int row) => weighted ? weights[row] : 1;
                double total = used.Sum(Weight), mean = used.Sum(row => Weight(row) * matrix.Row(row)[j]) / total;
                double variance = used.Sum(row => Weight(row) * Math.Pow(matrix.Row(row)[j] - mean, 2)) / total;
                Assert.Equal(mean, statistics.Means[j], 1e-5 * (1 + Math.Abs(mean)));
                Assert.Equal(1, statistics.InverseDeviations[j] * Math.Sqrt(variance), 1e-5);
            }
        });

    [Fact]
    public void MissingValues_DoNotCount_AndWithTheirIndicatorTheVarianceIsOne() =>
        Gen.Select(Gen.Int[5, 60], Gen.Bool, Gen.Int).Sample((rows, weighted, seed) =>
        {
            var random = new Random(seed);
            // A third is missing; at least two values are there, and one is not.
            DesignMatrix matrix = RandomData.Matrix(
                rows, 2, (row, _) => row == 0 || row > 2 && random.Next(3) == 0 ? float.NaN : 5 + 2 * random.NextNormal());
            float[] weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => 0.1f + random.NextSingle())] : [];
            int[] all = [.. Enumerable.Range(0, rows)], present = [.. all.Where(row => !float.IsNaN(matrix.Row(row)[1]))];
            var indicated = new IndicatedMatrix(matrix, [0, 1, ~1]);
            var statistics = ColumnStatistics.Of(indicated, all, weights);
            var ofPresent = ColumnStatistics.Of(matrix.Select([1]), present, weights);
            Assert.Equal(ofPresent.Means[0], statistics.Means[1], 1e-5f);
            Assert.Equal(1, ofPresent.InverseDeviations[0] / statistics.InverseDeviations[1], 1e-5f);

            InputEncoding encoding = statistics.Standardization();
            double total = 0, variance = 0;
            float[] sum = new float[3], row = new float[3];
            foreach (int i in all)
            {
                float weight = weighted ? weights[i] : 1;
                indicated.Read(i, encoding, row);
                variance += weight * (row[1] * row[1] + row[2] * row[2]);
                total += weight;
                TensorPrimitives.MultiplyAdd(row, weight, sum, sum);
            }

            Assert.Equal(0, sum[1] / total, 1e-4);
            Assert.Equal(0, sum[2] / total, 1e-4);
            Assert.Equal(1, variance / total, 1e-4);
        });

    [Fact]
    public void AColumnWithoutAnyValue_IsConstant_AndOneOfASingleValue_LeavesItsIndicatorWholly()
    {
        var matrix = new IndicatedMatrix(RandomData.Matrix(4, 2, (row, column) => column == 0 || row == 2 ? float.NaN : 7), [0, ~0, 1, ~1]);
        var statistics = ColumnStatistics.Of(matrix, [0, 1, 2, 3], []);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(statistics.IsConstant));
        float[] row = new float[4];
        matrix.Read(2, statistics.Standardization(), row);
        Assert.Equal([0f, 0f, 0f], row[..3]);
        Assert.Equal(Math.Sqrt(3), row[3], 1e-6);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(3.7f)]
    [InlineData(-1e20f)]
    [InlineData(1e-30f)]
    public void AConstantColumn_BecomesZero(float value)
    {
        DesignMatrix matrix = RandomData.Matrix(7, 2, (i, j) => j == 0 ? value : i);
        ColumnStatistics statistics = Measure(matrix);
        Assert.True(statistics.IsConstant(0));
        Assert.False(statistics.IsConstant(1));
        Assert.Equal(0, Standardized(matrix, statistics, 3)[0]);
        // Other rows may differ from the training rows.
        float[] other = new float[2];
        statistics.Standardization().Encode([value + 5, 0], other);
        Assert.Equal(0, other[0]);
    }

    [Fact]
    public void NeighboursInSinglePrecision_AreTwoValues()
    {
        DesignMatrix matrix = RandomData.Matrix(100, 1, (i, _) => i % 2 == 0 ? 16_777_216f : 16_777_218f);
        ColumnStatistics statistics = Measure(matrix);
        Assert.False(statistics.IsConstant(0));
        // Their mean lies between them, where there is no number, so that one of them is the centre.
        Assert.Equal(2, Standardized(matrix, statistics, 1)[0] - Standardized(matrix, statistics, 0)[0]);
    }

    [Fact]
    public void AColumnIsConstant_WhereAllItsValuesOfWeightAreTheSame_AndNowhereElse() =>
        Gen.Select(Gen.Float[-1e30f, 1e30f].Where(value => value != 0), Gen.Int[2, 50], Gen.Bool, Gen.Bool).Sample(
            (value, rows, isWeighted, isSparse) =>
            {
                float next = MathF.BitIncrement(value);
                float[] others = [.. Enumerable.Range(0, rows).Select(row => row == rows - 1 ? next : value)];
                DesignMatrix dense = RandomData.Matrix(rows, 2, (i, j) => j == 0 ? value : others[i]);
                FeatureMatrix matrix = isSparse ? Sparse(dense) : dense;
                float[] weights = isWeighted ? [.. Enumerable.Range(0, rows).Select(row => row == rows - 1 ? 0f : 2f)] : [];
                var statistics = ColumnStatistics.Of(matrix, [.. Enumerable.Range(0, rows)], weights);
                Assert.True(statistics.IsConstant(0));
                Assert.Equal(isWeighted, statistics.IsConstant(1));
                Assert.Equal(isWeighted, statistics.InverseDeviations[1] == 0);
            });

    [Fact]
    public void AColumnOfAStoredValueAndUnstoredZeros_IsNotConstant()
    {
        var matrix = new SparseMatrix(2);
        matrix.AddRow([0, 1], [3, 5]);
        matrix.AddRow([1], [5]);
        var statistics = ColumnStatistics.Of(matrix, [0, 1], []);
        Assert.Equal([false, true], [statistics.IsConstant(0), statistics.IsConstant(1)]);
    }

    [Fact]
    public void ValuesBelowWhatCanBeScaled_AreFinite_AndNotConstant()
    {
        DesignMatrix matrix = RandomData.Matrix(10, 1, (i, _) => i % 2 == 0 ? 1e-44f : 3e-44f);
        ColumnStatistics statistics = Measure(matrix);
        Assert.False(statistics.IsConstant(0));
        Assert.True(float.IsFinite(Standardized(matrix, statistics, 1)[0]));
    }

    [Fact]
    public void LargeMeans_LeaveTheDeviationRight()
    {
        var random = new Random(1);
        DesignMatrix matrix = RandomData.Matrix(2_000, 1, (_, _) => 1e6f + 10 * random.NextNormal());
        ColumnStatistics statistics = Measure(matrix);
        double[] z = [.. Enumerable.Range(0, matrix.Rows).Select(row => (double)Standardized(matrix, statistics, row)[0])];
        // The mean itself is rounded to the spacing of floats at 10⁶, a sixteenth.
        Assert.Equal(0, z.Average(), 0.0625 / 10);
        Assert.Equal(1, Math.Sqrt(z.Average(value => value * value)), 1e-3);
    }

    [Fact]
    public void Outliers_AreClippedAtTheBound()
    {
        DesignMatrix matrix = RandomData.Matrix(10_000, 1, (i, _) => i == 0 ? 1000 : i == 1 ? -1000 : i % 2);
        ColumnStatistics statistics = Measure(matrix);
        Assert.Equal(DGatingDefaults.StandardizedBound, Standardized(matrix, statistics, 0)[0]);
        Assert.Equal(-DGatingDefaults.StandardizedBound, Standardized(matrix, statistics, 1)[0]);
        Assert.InRange(Standardized(matrix, statistics, 2)[0], -1, 1);
    }

    [Fact]
    public void Select_TakesTheseColumnsInThisOrder()
    {
        ColumnStatistics statistics = Measure(RandomData.NormalMatrix(new Random(1), 20, 4)), selected = statistics.Select([3, 1]);
        Assert.Equal([statistics.Means[3], statistics.Means[1]], selected.Means);
        Assert.Equal([statistics.InverseDeviations[3], statistics.InverseDeviations[1]], selected.InverseDeviations);
    }

    private static SparseMatrix Sparse(DesignMatrix dense)
    {
        var matrix = new SparseMatrix(dense.Columns);
        for (int row = 0; row < dense.Rows; row++)
        {
            matrix.AddRow([.. Enumerable.Range(0, dense.Columns)], dense.Row(row));
        }

        return matrix;
    }

    private static ColumnStatistics Measure(DesignMatrix matrix) => ColumnStatistics.Of(matrix, [.. Enumerable.Range(0, matrix.Rows)], []);

    private static float[] Standardized(DesignMatrix matrix, ColumnStatistics statistics, int row)
    {
        float[] values = new float[matrix.Columns];
        statistics.Standardization().Encode(matrix.Row(row), values);
        return values;
    }
}
