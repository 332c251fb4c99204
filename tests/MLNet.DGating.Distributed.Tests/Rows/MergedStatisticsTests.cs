using MLNet.DGating.Distributed.Collectives;
using MLNet.DGating.Distributed.Tests.Support;
using MLNet.DGating.Torch.Data.Matrices;
using MLNet.DGating.Torch.Sharding;

namespace MLNet.DGating.Distributed.Tests.Rows;

/// <summary>What ranks measure on their shards together, beside what one process measures on all rows.</summary>
public class MergedStatisticsTests
{
    private static readonly Gen<float> s_value = Gen.Frequency((8, Gen.Float[-1000, 1000]), (1, Gen.Const(float.NaN)), (1, Gen.Const(7f)));

    [Fact]
    public void MeansDeviationsAndRanges_AreThoseOfOneProcess() =>
        Gen.Select(Gen.Int[1, 5], s_value.Array[4].Array[3, 60], Gen.Float[0.5f, 2].Array[60], Gen.Bool).Sample(
            (size, rows, weights, isWeighted) =>
            {
                float[] given = isWeighted ? weights[..rows.Length] : [];
                int[] all = [.. Enumerable.Range(0, rows.Length)];
                var expected = ColumnStatistics.Of(Matrix(rows), all, given);
                Assert.All(OnRanks(size, rows, matrix => ColumnStatistics.Of(matrix, all, given)), merged =>
                {
                    for (int column = 0; column < 4; column++)
                    {
                        AssertNear(expected.Means[column], merged.Means[column]);
                        AssertNear(expected.InverseDeviations[column], merged.InverseDeviations[column]);
                        Assert.Equal(expected.RangeOf(column), merged.RangeOf(column));
                    }
                });
            }, iter: 100, threads: 1);

    [Fact]
    public void MissingColumns_AreThoseOfAnyRank() => Gen.Select(Gen.Int[1, 5], s_value.Array[4].Array[3, 30]).Sample((size, rows) =>
        Assert.All(
            OnRanks(size, rows, matrix => MissingColumns.Of(matrix, rows.Length)),
            missing => Assert.Equal(MissingColumns.Of(Matrix(rows), rows.Length), missing)), iter: 30, threads: 1);

    [Fact]
    public void Copies_AreFoundAcrossRanks()
    {
        float[][] rows =
            [.. Enumerable.Range(0, 40).Select(row => (float[])[row % 7, 2 * (row % 7) + 1, row % 7 + (row == 39 ? 1 : 0), row])];
        int[] all = [.. Enumerable.Range(0, rows.Length)];
        Assert.All(
            OnRanks(3, rows, matrix => ColumnCopies.Families(matrix, all, ColumnStatistics.Of(matrix, all, []), [0, 1, 2, 3])),
            families => Assert.Equal([0, 1], Assert.Single(families)));
    }

    [Fact]
    public void FetchedRows_AreReadByTheirNumbers_WhicheverRankHoldsThem()
    {
        float[][] rows = [.. Enumerable.Range(0, 20).Select(row => (float[])[row, -row, 100 + row, 0])];
        int[] fetched = [17, 3, 9];
        Assert.All(
            OnRanks(4, rows, matrix =>
            {
                FeatureMatrix some = matrix.Fetch(fetched, [2, 0]);
                float[] values = new float[2];
                return Array.ConvertAll(fetched, row =>
                {
                    some.Read(row, [0, 2], values);
                    return (values[0], values[1]);
                });
            }),
            read => Assert.Equal([(17, 117), (3, 103), (9, 109)], read));
    }

    private static T[] OnRanks<T>(int size, float[][] rows, Func<ShardedMatrix, T> measure) =>
        RankThreads.Run(InProcessCollective.Create(size), ranks =>
        {
            int Start(int rank) => rows.Length * rank / size;
            int[] counts = [.. Enumerable.Range(0, size).Select(rank => Start(rank + 1) - Start(rank))];
            return measure(new ShardedMatrix(
                Matrix(rows[Start(ranks.Rank)..Start(ranks.Rank + 1)]), new RowShards(ranks, counts, new int[size])));
        });

    private static IndicatedMatrix Matrix(float[][] rows)
    {
        var matrix = new DesignMatrix(4);
        Array.ForEach(rows, row => matrix.Add(row));
        return new IndicatedMatrix(matrix, [0, 1, 2, 3]);
    }

    // Sums of float64 in another order.
    private static void AssertNear(float expected, float actual) => Assert.True(
        Math.Abs(expected - actual) <= 1e-6f * Math.Max(1e-3f, Math.Abs(expected)), $"{actual} instead of {expected}");
}
