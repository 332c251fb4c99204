using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

/// <summary>Matrices of which some rows are kept in place.</summary>
public class RowMatrixTests
{
    private const int Columns = 600;

    [Theory]
    [InlineData("full")]
    [InlineData("half")]
    [InlineData("indicated")]
    public void KeepRows_KeepsTheseRows_AndMoreCanBeAdded(string kind) =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[1, 400], Gen.Int[0, 40], Gen.Int).Sample((count, wanted, added, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix exact = RandomData.NormalMatrix(random, count + added, Columns);
            RowMatrix matrix = Empty(kind);
            for (int row = 0; row < count; row++)
            {
                matrix.Add(exact.Row(row));
            }

            int[] kept = [.. Enumerable.Range(0, count).OrderBy(_ => random.Next()).Take(wanted).Order()];
            matrix.KeepRows(kept);
            for (int row = count; row < count + added; row++)
            {
                matrix.Add(exact.Row(row));
            }

            int[] expected = [.. kept, .. Enumerable.Range(count, added)];
            Assert.Equal(expected.Length, matrix.Rows);
            float[] values = new float[Columns];
            for (int row = 0; row < expected.Length; row++)
            {
                matrix.Read(row, values);
                ReadOnlySpan<float> same = exact.Row(expected[row]);
                for (int column = 0; column < Columns; column++)
                {
                    // Half precision loses a part of the distance from a chunk's mean.
                    Assert.Equal(same[column], values[column], kind == "half" ? 0.02 : 0);
                }
            }
        }, iter: 10);

    private static RowMatrix Empty(string kind) => kind switch
    {
        "half" => new HalfMatrix(Columns),
        "indicated" => new IndicatedMatrix(new DesignMatrix(Columns), [.. Enumerable.Range(0, Columns)]),
        _ => new DesignMatrix(Columns),
    };
}
