using MLNet.DGating.Torch.Data.Matrices;

namespace MLNet.DGating.Torch.Tests.Data.Matrices;

public class DesignMatrixTests
{
    [Theory]
    [InlineData(1, 1_100_000)]
    [InlineData(300_000, 8)]
    [InlineData(1 << 20, 3)]
    [InlineData(1_500_000, 2)]
    public void Rows_AreWhatWasWritten_AcrossTheBordersOfChunks(int columns, int rows)
    {
        var matrix = new DesignMatrix(columns);
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = matrix.AddRow();
            row[0] = i;
            row[^1] = i;
        }

        Assert.Equal(rows, matrix.Rows);
        for (int i = 0; i < rows; i++)
        {
            if (matrix.Row(i)[0] != i || matrix.Row(i)[^1] != i)
            {
                Assert.Fail($"Row {i} is another.");
            }
        }
    }

    [Fact]
    public void ANewRow_IsZero_AndKeepsWhatIsWrittenLater()
    {
        var matrix = new DesignMatrix(3);
        Span<float> first = matrix.AddRow();
        matrix.AddRow();
        Assert.Equal([0, 0, 0], matrix.Row(1).ToArray());
        first[2] = 5;
        Assert.Equal([0, 0, 5], matrix.Row(0).ToArray());
    }

    [Fact]
    public void Select_TakesTheseColumnsInThisOrder_OfEveryRow() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 20], Gen.Int).Sample((rows, columns, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix matrix = RandomData.NormalMatrix(random, rows, columns);
            int[] kept = [.. Enumerable.Range(0, columns).OrderBy(_ => random.Next()).Take(random.Next(columns + 1))];
            DesignMatrix selected = matrix.Select(kept);
            Assert.Equal((rows, kept.Length), (selected.Rows, selected.Columns));
            for (int row = 0; row < rows; row++)
            {
                float[] source = matrix.Row(row).ToArray();
                Assert.Equal(kept.Select(column => source[column]), selected.Row(row).ToArray());
            }
        });

    [Fact]
    public void Keep_GivesWhatSelectGives_AndRowsCanStillBeReplacedAndAdded() =>
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 20], Gen.Int).Sample((rows, columns, seed) =>
        {
            var random = new Random(seed);
            DesignMatrix matrix = RandomData.NormalMatrix(random, rows, columns);
            int[] kept = [.. Enumerable.Range(0, columns).Where(_ => random.Next(3) > 0)];
            DesignMatrix selected = matrix.Select(kept), same = matrix.Keep(kept);
            float[] other = [.. kept.Select(_ => random.NextNormal())];
            int replaced = random.Next(rows);
            same.Replace(replaced, other);
            same.Add(other);
            Assert.Equal((rows + 1, kept.Length), (same.Rows, same.Columns));
            for (int row = 0; row <= rows; row++)
            {
                Assert.Equal(row == replaced || row == rows ? other : selected.Row(row).ToArray(), same.Row(row).ToArray());
            }
        });

    [Fact]
    public void Keep_OfMostColumns_NeedsNoSecondMatrix()
    {
        DesignMatrix matrix = RandomData.NormalMatrix(new Random(1), 50_000, 100);
        int[] kept = [.. Enumerable.Range(0, 90)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        matrix.Keep(kept);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void WithoutColumns_RowsAreStillCounted()
    {
        DesignMatrix nothing = RandomData.NormalMatrix(new Random(1), 5, 2).Select([]);
        Assert.Equal((5, 0), (nothing.Rows, nothing.Columns));
        Assert.True(nothing.Row(4).IsEmpty);
    }
}
