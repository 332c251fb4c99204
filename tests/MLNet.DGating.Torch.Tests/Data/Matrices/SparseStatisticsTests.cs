using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

/// <summary>Sparse columns have the deviations of dense ones, but are centred only where every row stores them.</summary>
public class SparseStatisticsTests
{
    [Fact]
    public void Deviations_AreThoseOfTheDenseRows_AndOnlyWholeColumnsAreCentred() =>
        Gen.Select(Gen.Int[2, 60], Gen.Int[2, 9], Gen.Bool, Gen.Double[0, 1], Gen.Int).Sample((rows, columns, weighted, density, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix dense = RandomData.Matrix(rows + 1, columns, (_, j) =>
                j == 0 ? 100 + random.NextNormal() : random.NextDouble() < density ? 3 + random.NextNormal() : 0);
            SparseMatrix sparse = dense.AsSparse().Complete();
            int[] used = [.. Enumerable.Range(1, rows)];
            float[] weights = weighted ? [.. Enumerable.Range(0, rows + 1).Select(_ => 0.1f + random.NextSingle())] : [];
            ColumnStatistics expected = ColumnStatistics.Of(dense, used, weights), actual = ColumnStatistics.Of(sparse, used, weights);
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal(expected.InverseDeviations[j], actual.InverseDeviations[j], 1e-4 * expected.InverseDeviations[j]);
                Assert.Equal(sparse.IsWhole(j) ? expected.Means[j] : 0, actual.Means[j], 1e-4);
            }

            Assert.True(sparse.IsWhole(0));
        });

    [Fact]
    public void AConstantColumn_IsFound_WhetherItIsNeverStoredOrAlwaysTheSame()
    {
        DesignMatrix dense = RandomData.Matrix(100, 3, (row, column) => column switch { 0 => 0, 1 => 1e6f, _ => row % 7 == 0 ? 2 : 0 });
        var statistics = ColumnStatistics.Of(dense.AsSparse(), [.. Enumerable.Range(0, 100)], []);
        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(statistics.IsConstant));
    }

    [Fact]
    public void WhatIsReadOfARow_IsTheSameSparseAndDense() =>
        Gen.Select(Gen.Int[2, 30], Gen.Int[1, 12], Gen.Double[0, 1], Gen.Int).Sample((rows, columns, density, seed) =>
        {
            var random = new Random(seed);
            SparseMatrix sparse = SparseData.NormalMatrix(random, rows, columns, density).AsSparse().Complete();
            var features = new FeatureRows(sparse, ColumnStatistics.Of(sparse, [.. Enumerable.Range(0, rows)], []).Standardization());
            for (int row = 0; row < rows; row++)
            {
                float[] whole = new float[columns];
                features.Read(row, whole);
                SparseRow stored = features.Sparse(row);
                float[] values = new float[stored.Columns.Length];
                features.Read(stored, values);
                float[] spread = new float[columns];
                for (int i = 0; i < values.Length; i++)
                {
                    spread[stored.Columns[i]] = values[i];
                }

                Assert.Equal(whole, spread);
            }
        });
}
