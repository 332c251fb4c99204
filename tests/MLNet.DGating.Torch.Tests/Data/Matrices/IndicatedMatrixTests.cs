using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

/// <summary>Rows with missing values, and columns that indicate which are missing.</summary>
public class IndicatedMatrixTests
{
    private static readonly Gen<(DesignMatrix Stored, int[] Columns, Random Random)> s_case =
        from rows in Gen.Int[1, 200]
        from stored in Gen.Int[1, 6]
        from seed in Gen.Int
        select Create(rows, stored, new Random(seed));

    [Fact]
    public void Read_ShowsValues_AndWhichAreMissing_WholeRowsAndParts() => s_case.Sample(each =>
    {
        (DesignMatrix stored, int[] columns, Random random) = each;
        var matrix = new IndicatedMatrix(stored, columns);
        Assert.True(matrix.HasMissing);
        Assert.Equal((stored.Rows, columns.Length), (matrix.Rows, matrix.Columns));
        Assert.Equal(columns.Select(column => column < 0), Enumerable.Range(0, columns.Length).Select(matrix.IsIndicator));
        int row = random.Next(matrix.Rows);
        float[] expected = Expected(stored, columns, row), part = new float[2];
        Assert.Equal(expected, matrix.Row(row).ToArray());
        int[] some = [random.Next(columns.Length), random.Next(columns.Length)];
        matrix.Read(row, some, part);
        Assert.Equal(some.Select(column => expected[column]), part);
    }, iter: 200);

    [Fact]
    public void ColumnsAndRowsThatAreTaken_AreTheSame() => s_case.Sample(each =>
    {
        (DesignMatrix stored, int[] columns, Random random) = each;
        int[] kept = [.. Enumerable.Range(0, columns.Length).Where(_ => random.Next(2) == 0).DefaultIfEmpty(0)];
        int[] rows = [.. Enumerable.Range(0, 5).Select(_ => random.Next(stored.Rows))];
        float[][] expected = [.. Enumerable.Range(0, stored.Rows).Select(row => Expected(stored, columns, row))];
        var matrix = new IndicatedMatrix(stored, columns);
        Assert.All(rows.Index(), row => Assert.Equal(expected[row.Item], matrix.Take(rows).Row(row.Index).ToArray()));
        foreach (FeatureMatrix some in (FeatureMatrix[])[matrix.Select(kept), matrix.Keep(kept)])
        {
            Assert.All(rows, row => Assert.Equal(kept.Select(column => expected[row][column]), some.Row(row).ToArray()));
            Assert.Equal(kept.Select(column => columns[column] < 0), Enumerable.Range(0, kept.Length).Select(some.IsIndicator));
        }
    }, iter: 200);

    [Fact]
    public void ARowThatIsReplaced_OrAdded_IsReadAgain() => s_case.Sample(each =>
    {
        (DesignMatrix stored, int[] columns, Random random) = each;
        var matrix = new IndicatedMatrix(stored, columns);
        float[] from = Expected(stored, columns, random.Next(stored.Rows));
        int to = random.Next(stored.Rows);
        matrix.Replace(to, from);
        matrix.Add(from);
        Assert.Equal(from, matrix.Row(to).ToArray());
        Assert.Equal(from, matrix.Row(stored.Rows - 1).ToArray());
    }, iter: 200);

    [Fact]
    public void HalfPrecision_KeepsWhatIsMissing_AndTheOtherValues()
    {
        var random = new Random(1);
        var half = new HalfMatrix(3);
        float[][] rows = [.. Enumerable.Range(0, 70_000).Select(_ => Enumerable.Range(0, 3)
            .Select(column => random.Next(3) == 0 ? float.NaN : 1000 * column + random.NextNormal()).ToArray())];
        Array.ForEach(rows, row => half.Add(row));
        // Far out: columns get another unit, beside a missing value.
        half.Replace(5, [1e9f, float.NaN, 0]);
        rows[5] = [1e9f, float.NaN, 0];
        var matrix = new IndicatedMatrix(half, [0, ~0, 1, ~1, 2, ~2]);
        Assert.All(Enumerable.Range(0, 200).Append(69_999), row =>
        {
            float[] actual = matrix.Row(row).ToArray();
            for (int column = 0; column < 3; column++)
            {
                float value = rows[row][column];
                Assert.Equal(float.IsNaN(value) ? 1 : 0, actual[2 * column + 1]);
                Assert.True(float.IsNaN(value) == float.IsNaN(actual[2 * column]));
                if (column > 0 && row != 5 && !float.IsNaN(value))
                {
                    Assert.Equal(value, actual[2 * column], 0.01f);
                }
            }
        });
    }

    [Fact]
    public void SparseRows_ShowTheSame_AndHaveTheSameStatistics() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        (DesignMatrix stored, _, _) = Create(50, 4, random);
        var sparse = new SparseMatrix(4);
        for (int row = 0; row < stored.Rows; row++)
        {
            int[] some = [.. Enumerable.Range(0, 4).Where(_ => random.Next(3) > 0)];
            sparse.AddRow(some, [.. some.Select(column => stored.Row(row)[column])]);
            float[] values = sparse.Row(row).Values.ToArray();
            stored.Replace(
                row, [.. Enumerable.Range(0, 4).Select(column => some.Contains(column) ? values[Array.IndexOf(some, column)] : 0)]);
        }

        int[] columns = [0, ~0, 1, 2, ~2, ~3];
        var dense = new IndicatedMatrix(stored, columns);
        SparseMatrix shown = sparse.WithIndicators(columns);
        Assert.Equal(Missing(stored), MissingColumns.Of(sparse, 50));
        Assert.True(shown.HasMissing);
        Assert.All(Enumerable.Range(0, 50), row => Assert.Equal(dense.Row(row).ToArray(), ((FeatureMatrix)shown).Row(row).ToArray()));
        var expected = ColumnStatistics.Of(dense, [.. Enumerable.Range(0, 50)], []);
        var actual = ColumnStatistics.Of(shown, [.. Enumerable.Range(0, 50)], []);
        for (int column = 0; column < columns.Length; column++)
        {
            Assert.Equal(columns[column] < 0, shown.IsIndicator(column));
            Assert.Equal(expected.InverseDeviations[column], actual.InverseDeviations[column], 1e-4f * expected.InverseDeviations[column]);
            float scale = expected.Standardization().Scales[column];
            Assert.Equal(scale, actual.Standardization().Scales[column], 1e-4f * scale);
        }
    }, iter: 50);

    private static (DesignMatrix Stored, int[] Columns, Random Random) Create(int rows, int stored, Random random)
    {
        DesignMatrix matrix = RandomData.Matrix(
            rows, stored, (_, column) => random.Next(4) == 0 ? float.NaN : 3 * column + random.NextNormal());
        int[] columns = [.. Enumerable.Range(0, stored).SelectMany(column =>
            random.Next(3) switch { 0 => [column], 1 => [~column], _ => (int[])[column, ~column] })];
        return (matrix, columns, random);
    }

    private static bool[] Missing(DesignMatrix matrix) =>
        [.. Enumerable.Range(0, matrix.Columns).Select(column =>
            Enumerable.Range(0, matrix.Rows).Any(row => float.IsNaN(matrix.Row(row)[column])))];

    private static float[] Expected(DesignMatrix stored, int[] columns, int row)
    {
        float[] values = stored.Row(row).ToArray();
        return Array.ConvertAll(columns, column => column >= 0 ? values[column] : float.IsNaN(values[~column]) ? 1 : 0);
    }
}
