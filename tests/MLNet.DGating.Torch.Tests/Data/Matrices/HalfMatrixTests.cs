using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

public class HalfMatrixTests
{
    // Three chunks of 128 rows and a part of one.
    private const int Columns = 512, Rows = 3 * 128 + 50;

    // A chunk has at least 64 rows.
    private const int WideColumns = 2048, Places = 70;

    private static readonly (float Mean, float Deviation)[] s_kinds =
        [(0, 1), (2026, 3), (50_000, 20_000), (1.7e9f, 1e7f), (-3e-12f, 1e-13f), (1e30f, 1e29f)];

    private static readonly DesignMatrix s_exact = Exact();

    [Fact]
    public void Values_LoseNoMoreThanAPartIn2048_OfTheirDistanceFromTheMean()
    {
        HalfMatrix half = Of(s_exact);
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<float> values = half.Row(row), expected = s_exact.Row(row);
            for (int column = 0; column < Columns; column++)
            {
                (float mean, float deviation) = s_kinds[column % s_kinds.Length];
                // A chunk's mean is within half a deviation of the mean; float32 itself is no more exact than its rounding.
                double allowed = (Math.Abs(expected[column] - mean) + 0.5 * deviation) / 2048 + 2e-7 * Math.Abs(expected[column]);
                if (Math.Abs(values[column] - expected[column]) > allowed)
                {
                    Assert.Fail($"{expected[column]} became {values[column]}.");
                }
            }
        }
    }

    [Fact]
    public void AnyRow_CanTakeThePlaceOfAnother_HoweverFarOut() =>
        Gen.Select(Gen.Int[0, Places - 1], Gen.Float[-30, 30], Gen.Int).Sample((place, magnitude, seed) =>
        {
            var random = new Random(seed);
            // The first column is constant, the second around zero.
            HalfMatrix half = Of(RandomData.Matrix(Places, WideColumns, (_, column) => column == 0 ? 5 : random.NextSingle() - 0.5f));
            float[] neighbour = half.Row((place + 1) % Places).ToArray();
            float[] row = [.. Enumerable.Range(0, WideColumns).Select(_ => random.NextNormal() * MathF.Pow(10, magnitude))];
            half.Replace(place, row);
            float[] read = half.Row(place).ToArray(), kept = half.Row((place + 1) % Places).ToArray();
            for (int column = 0; column < WideColumns; column++)
            {
                float largest = 10 + MathF.Abs(row[column]);
                Assert.InRange(MathF.Abs(read[column] - row[column]), 0, largest / 1024);
                // Its neighbours lose next to nothing of what the column's deviation has become.
                Assert.InRange(MathF.Abs(kept[column] - neighbour[column]), 0, MathF.Max(largest * 1e-6f, 0.01f));
            }
        }, iter: 50);

    [Fact]
    public void SelectKeepAndTake_GiveWhatReadingGives()
    {
        HalfMatrix half = Of(s_exact);
        int[] columns = [.. Enumerable.Range(0, Columns).Where(column => column % 6 == 0)], rows = [5, 127, 128, Rows - 1];
        float[][] expected = Array.ConvertAll(rows, row => ReadColumns(half, row, columns));
        float[][] whole = Array.ConvertAll(rows, row => half.Row(row).ToArray());
        HalfMatrix selected = half.Select(columns), taken = half.Take(rows), kept = half.Keep(columns);
        Assert.Equal((Rows, columns.Length), (selected.Rows, selected.Columns));
        Assert.Equal((Rows, columns.Length), (kept.Rows, kept.Columns));
        Assert.Equal((rows.Length, Columns), (taken.Rows, taken.Columns));
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(expected[i], kept.Row(rows[i]).ToArray());
            Assert.All(expected[i].Zip(selected.Row(rows[i]).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-2));
            Assert.Equal(whole[i], taken.Row(i).ToArray());
            Assert.Equal(expected[i], columns.Select(column => whole[i][column]));
        }
    }

    [Fact]
    public void Rows_AreReadFromSeveralThreadsAtOnce()
    {
        HalfMatrix half = Of(s_exact);
        int[] columns = [3, 1, 200];
        float[][] expected = [.. Enumerable.Range(0, Rows).Select(row => ReadColumns(half, row, columns))];
        Parallel.For(0, Rows, row => Assert.Equal(expected[row], ReadColumns(half, row, columns)));
    }

    private static DesignMatrix Exact()
    {
        var random = new Random(1);
        return RandomData.Matrix(Rows, Columns, (_, column) =>
            s_kinds[column % s_kinds.Length].Mean + s_kinds[column % s_kinds.Length].Deviation * random.NextNormal());
    }

    private static HalfMatrix Of(DesignMatrix exact)
    {
        var half = new HalfMatrix(exact.Columns);
        for (int row = 0; row < exact.Rows; row++)
        {
            half.Add(exact.Row(row));
        }

        return half;
    }

    private static float[] ReadColumns(HalfMatrix half, int row, int[] columns)
    {
        float[] values = new float[columns.Length];
        half.Read(row, columns, values);
        return values;
    }
}
