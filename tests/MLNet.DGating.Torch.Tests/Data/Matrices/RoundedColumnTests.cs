using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

/// <summary>Columns that lost most of their values when they became single are found, and no others.</summary>
public class RoundedColumnTests
{
    [Fact]
    public void SecondsOfAHundred_AreFoundWithWhatIsLeft()
    {
        RoundedColumn column = Assert.Single(Rounded((row, _) => (float)(1_732_000_000.0 + row)));
        Assert.Equal((0, 128f), (column.Column, column.Spacing));
        Assert.InRange(column.Values, 1, 2);
    }

    [Fact]
    public void MillisecondsOfAMinute_AndIdsOfTenDigits_AreFound() => Assert.Equal([0, 1],
        [.. Rounded(
            (row, column) => column == 0 ? (float)(1.732e12 + 600.0 * row) : (float)(9_000_000_000.0 + row * 7), columns: 2)
            .Select(column => column.Column)]);

    [Fact]
    public void AConstantBeyondExactNumbers_MayHaveBeenSeveral() =>
        Assert.Equal(1, Assert.Single(Rounded((_, _) => 1.5e9f)).Values);

    [Theory]
    [InlineData(0f, 1f)] // an indicator
    [InlineData(0.1f, 0.2f)]
    [InlineData(1_000_000f, 1_000_001f)] // whole numbers below 2²⁴ are exact
    [InlineData(7f, 7f)]
    [InlineData(0f, 3e9f)]
    public void OrdinaryColumns_AreNotFound(float first, float second) =>
        Assert.Empty(Rounded((row, _) => row % 2 == 0 ? first : second));

    [Fact]
    public void FractionsOnALargeNumber_AreFound() =>
        Assert.Equal(0.0625f, Assert.Single(Rounded((row, _) => (float)(1_000_000 + 0.01 * row))).Spacing);

    [Fact]
    public void NumbersWithAHundredStepsOrMore_AreNotFound() => Gen.Select(Gen.Float[1, 1e12f], Gen.Int).Sample((size, seed) =>
    {
        var random = new Random(seed);
        Assert.Empty(Rounded((row, _) => row == 0 ? size : size * (1 + 1e-4f * random.NextSingle() + 1e-4f)));
    });

    private static IReadOnlyList<RoundedColumn> Rounded(Func<int, int, float> value, int columns = 1)
    {
        DesignMatrix matrix = RandomData.Matrix(100, columns, value);
        int[] rows = [.. Enumerable.Range(0, matrix.Rows)];
        return ColumnStatistics.Of(matrix, rows, []).Rounded(matrix, rows);
    }
}
