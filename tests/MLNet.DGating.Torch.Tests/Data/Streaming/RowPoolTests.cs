using MLNet.DGating.Torch.Data;
using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Data.Streaming;

public class RowPoolTests
{
    private static readonly Gen<(int Kept, int Rows, int Seed)> s_any =
        from kept in Gen.Int[1, 40]
        from more in Gen.Int[1, 200]
        from seed in Gen.Int
        select (kept, kept + more, seed);

    [Fact]
    public void APlace_AlwaysHoldsAWholeRowOfTheStream() => Gen.Select(s_any, Gen.Int[0, 1000]).Sample((any, advanced) =>
    {
        TrainingSet data = new CountedRows(any.Rows).Sample(any.Kept, any.Seed);
        using RowPool pool = PoolOf(data, any.Seed);
        pool.Advance(advanced);
        for (int row = 0; row < any.Kept; row++)
        {
            float number = data.Targets[row];
            Assert.InRange(number, 0, any.Rows - 1);
            Assert.Equal([number, -number], data.Features.Row(row).ToArray());
            Assert.Equal(number + 1, data.Weights![row]);
        }
    });

    [Fact]
    public void AfterAWholePass_ThePoolHasOneRowOfEveryPartOfTheStream() => Gen.Select(s_any, Gen.Int[0, 1000]).Sample((any, further) =>
    {
        TrainingSet data = new CountedRows(any.Rows).Sample(any.Kept, any.Seed);
        using RowPool pool = PoolOf(data, any.Seed);
        pool.Advance(any.Rows + further);
        float[] numbers = [.. data.Targets.Order()];
        for (int part = 0; part < any.Kept; part++)
        {
            Assert.InRange(numbers[part], (long)any.Rows * part / any.Kept, (long)any.Rows * (part + 1) / any.Kept - 1);
        }
    });

    [Fact]
    public void AtEveryMoment_ASortedStreamShowsItsPartsInTheirProportions()
    {
        // 100,000 rows sorted by label, in ten labels; from the first reading on the pool of 2,000 has about 200 of each.
        TrainingSet data = new CountedRows(100_000).Sample(2_000, seed: 1);
        using RowPool pool = PoolOf(data, 1);
        for (int moment = 0; moment < 60; moment++)
        {
            Assert.All(data.Targets.CountBy(number => (int)(number / 10_000)), label => Assert.InRange(label.Value, 150, 250));
            pool.Advance(5_000);
        }
    }

    [Fact]
    public void EveryRow_IsShownAsOften()
    {
        const int rows = 50, kept = 7, passes = 4000;
        TrainingSet data = new CountedRows(rows).Sample(kept, seed: 1);
        using RowPool pool = PoolOf(data, 1);
        int[] shown = new int[rows];
        for (int pass = 0; pass < passes; pass++)
        {
            pool.Advance(rows);
            Array.ForEach(data.Targets, number => shown[(int)number]++);
        }

        // 560 expected; parts of 7 and of 8 rows differ by chance and by at most a seventh.
        Assert.All(shown, count => Assert.InRange(count, 400, 700));
    }

    [Fact]
    public void TheSameSeed_GivesTheSameRows()
    {
        Assert.Equal(After(seed: 1), After(seed: 1));
        Assert.NotEqual(After(seed: 1), After(seed: 2));

        static float[] After(int seed)
        {
            TrainingSet data = new CountedRows(500).Sample(50, seed: 1);
            using RowPool pool = PoolOf(data, seed);
            pool.Advance(1234);
            return data.Targets;
        }
    }

    [Theory]
    [InlineData(99, "but 99 rows when it was read again")]
    [InlineData(0, "but 0 rows when it was read again")]
    [InlineData(101, "but more when it was read again")]
    public void AStreamThatHasOtherRowsTheNextTime_IsAnError(int later, string found)
    {
        var rows = new CountedRows(100);
        TrainingSet data = rows.Sample(10, seed: 1);
        using RowPool pool = PoolOf(data, 1);
        rows.Rows = later;
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => pool.Advance(101));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnePass_IsOpenAtATime_AndNoneIsLeftOpen()
    {
        var rows = new CountedRows(100);
        using (RowPool pool = PoolOf(rows.Sample(10, seed: 1), 1))
        {
            pool.Advance(1050);
            Assert.Equal(1, rows.Opened - rows.Closed);
        }

        Assert.Equal((11, 11), (rows.Opened, rows.Closed));
    }

    [Fact]
    public void ASchedule_HasTheSizesOfAllRows_AndReadsAsManyAsItDraws()
    {
        var rows = new CountedRows(40_000);
        TrainingSet data = rows.Sample(1000, seed: 1);
        int[] all = [.. Enumerable.Range(0, 1000)];
        using RowPool pool = PoolOf(data, 1);
        var streamed = new BatchSchedule(all, null, 100, new RandomStream(1, 3), pool);
        var whole = new BatchSchedule(new int[40_000], null, 100, new RandomStream(1, 3));
        // A pass over the pool is cut into two equal batches.
        Assert.Equal((500, 80), (streamed.BatchRows, streamed.StepsPerIteration));
        Assert.Equal(whole.BatchRows * whole.StepsPerIteration, streamed.BatchRows * streamed.StepsPerIteration, 0.02 * 40_000);
        int drawn = 0;
        for (int i = 0; i < 7; i++)
        {
            streamed.Next(out int real);
            drawn += real;
        }

        Assert.Equal(drawn, rows.Read);
    }

    [Fact]
    public void APoolOfSomeParts_NeverHasARowOfTheOthers() => Gen.Select(s_any, Gen.Int[1, 1000]).Sample((any, advanced) =>
    {
        TrainingSet data = new CountedRows(any.Rows).Sample(any.Kept, any.Seed);
        float[] before = [.. data.Targets];
        // Every third row of the sample is held out, and with it the part that it stands for.
        bool IsHeldOut(int row) => row % 3 == 1;
        using RowPool pool = PoolOf(data, any.Seed, Enumerable.Range(0, any.Kept).Select(row => IsHeldOut(row) ? -1 : row));
        pool.Advance(advanced);
        int[] rowOfPart = [.. Enumerable.Range(0, any.Kept).OrderBy(row => before[row])];
        for (int row = 0; row < any.Kept; row++)
        {
            float number = data.Targets[row];
            int part = Enumerable.Range(0, any.Kept).First(part => number < (long)any.Rows * (part + 1) / any.Kept);
            Assert.True(number == before[row] || rowOfPart[part] == row && !IsHeldOut(row));
            Assert.DoesNotContain(Enumerable.Range(0, any.Kept), other => other != row && IsHeldOut(other) && before[other] == number);
        }
    });

    [Fact]
    public void APoolOfSomeParts_CountsTheirRowsAlone()
    {
        var rows = new CountedRows(100);
        TrainingSet data = rows.Sample(10, seed: 1);
        int[] rowOfPart = [.. Enumerable.Range(0, 10).OrderBy(row => data.Targets[row])];
        // The rows of two parts of ten are passed over, so that a pass of the 80 others reads 100.
        int[] places = [.. Enumerable.Range(0, 10).Select(row => row == rowOfPart[0] || row == rowOfPart[4] ? -1 : row)];
        using RowPool pool = PoolOf(data, 1, places);
        Assert.Equal(80, pool.Rows);
        pool.Advance(80);
        Assert.Equal(100, rows.Read);
        Assert.Equal(1, rows.Opened);
    }

    [Fact]
    public void RowsOfBlocksThatAreElsewhere_DoNotComeIntoThePool()
    {
        // Of every two rows the second has the block of held-out rows; other blocks are unknown or of training rows.
        var rows = new CountedRows(1000) { BlockOf = row => row % 2 == 1 ? 7 : row % 4 == 0 ? 3 : null };
        TrainingSet data = rows.Sample(50, seed: 1);
        float[] before = [.. data.Targets];
        using RowPool pool = PoolOf(data, 1, blocksElsewhere: 7);
        pool.Advance(10_000);
        Assert.All(data.Targets.Zip(before), pair => Assert.True(pair.First == pair.Second || pair.First % 2 == 0));
        Assert.NotEqual(before, data.Targets);
    }

    private static RowPool PoolOf(TrainingSet data, int seed, IEnumerable<int>? places = null, params int[] blocksElsewhere) => new(
        data.Stream!, [.. places ?? Enumerable.Range(0, data.Rows)], blocksElsewhere.ToHashSet(), data.Features, data.Targets,
        data.Weights, new RandomStream(seed, 2));
}
