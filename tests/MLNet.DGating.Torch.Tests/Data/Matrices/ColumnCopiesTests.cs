using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

/// <summary>Copies on another scale are families; columns that only resemble each other are not.</summary>
public class ColumnCopiesTests
{
    [Fact]
    public void CopiesOfAnyScale_AreFamilies() => Gen.Select(
        Gen.Float[0.01f, 100], Gen.Float[-10, 10], Gen.Bool, Gen.Int[20, 300], Gen.Int).Sample((scale, offset, isNegative, rows, seed) =>
    {
        var random = new Random(seed);
        float factor = isNegative ? -scale : scale;
        float[] first = Normal(random, rows), second = Normal(random, rows);
        // Columns 0, 2 and 4 are one family, 1 and 5 another; 3 is alone.
        DesignMatrix matrix = RandomData.Matrix(rows, 6, (row, column) => column switch
        {
            0 => first[row],
            1 => second[row],
            2 => (float)(factor * (double)first[row] + factor * offset),
            3 => random.NextNormal(),
            4 => first[row],
            _ => -second[row],
        });
        Assert.Equal([[0, 2, 4], [1, 5]], Families(matrix));
    });

    [Theory]
    [InlineData(1e-3f)] // rounded, or nearly the same: their difference may matter
    [InlineData(0.1f)]
    public void ColumnsThatOnlyResembleEachOther_AreNone(float noise)
    {
        var random = new Random(1);
        float[] first = Normal(random, 200);
        Assert.Empty(Families(RandomData.Matrix(
            200, 2, (row, column) => column == 0 ? first[row] : first[row] + noise * random.NextNormal())));
    }

    [Fact]
    public void OneRowThatDiffers_IsEnough()
    {
        float[] first = Normal(new Random(1), 5_000);
        Assert.Empty(Families(RandomData.Matrix(
            5_000, 2, (row, column) => first[row] + (column == 1 && row == 4_321 ? 0.01f : 0))));
    }

    [Fact]
    public void Squares_AreNoCopies()
    {
        float[] first = Normal(new Random(1), 300);
        Assert.Empty(Families(RandomData.Matrix(300, 2, (row, column) => column == 0 ? first[row] : first[row] * first[row])));
        Assert.Empty(Families(RandomData.Matrix(300, 2, (row, column) => column == 0 ? first[row] : Math.Abs(first[row]))));
    }

    [Fact]
    public void ConstantsAndRoundedColumns_AreNoCopies() => Assert.Empty(Families(RandomData.Matrix(
        100, 4, (row, column) => column < 2 ? 3 : 1e9f + 64 * (row % 2))));

    [Fact]
    public void ManyColumns_AreSearchedAtOnce()
    {
        DesignMatrix half = RandomData.NormalMatrix(new Random(1), 200, 1_500);
        IReadOnlyList<int[]> families = Families(RandomData.Matrix(
            200, 3_000, (row, column) => column < 1_500 ? half.Row(row)[column] : 2 - 3 * half.Row(row)[column - 1_500]));
        Assert.Equal(1_500, families.Count);
        Assert.All(families, family => Assert.Equal(family[0] + 1_500, family[1]));
    }

    private static float[] Normal(Random random, int rows) => [.. Enumerable.Range(0, rows).Select(_ => random.NextNormal())];

    private static IReadOnlyList<int[]> Families(DesignMatrix matrix)
    {
        int[] rows = [.. Enumerable.Range(0, matrix.Rows)];
        return [.. ColumnCopies.Families(matrix, rows, ColumnStatistics.Of(matrix, rows, []), Enumerable.Range(0, matrix.Columns))
            .OrderBy(family => family[0])];
    }
}
