using MLNet.DGating.Torch.Optimization;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Optimization;

public class BatchScheduleTests
{
    private static readonly Gen<(int[] Rows, int? Size, int Seed)> s_any =
        from rows in Gen.Int[0, 10_000].HashSet[1, 300]
        from size in Gen.OneOf(Gen.Int[1, 400].Select(size => (int?)size), Gen.Const((int?)null))
        from seed in Gen.Int
        select (rows.ToArray(), size, seed);

    [Fact]
    public void APass_ShowsEveryRowExactlyOnce() => s_any.Sample((rows, size, seed) =>
    {
        var schedule = new BatchSchedule(rows, size, int.MaxValue, new RandomStream(seed, 0));
        for (int pass = 0; pass < 3; pass++)
        {
            var seen = new List<int>();
            for (int i = 0; i < StepsOfPass(schedule, rows); i++)
            {
                int[] batch = schedule.Next(out int real).ToArray();
                Assert.Equal(schedule.BatchRows, batch.Length);
                Assert.InRange(real, 1, batch.Length);
                Assert.All(batch[real..], row => Assert.Equal(-1, row));
                seen.AddRange(batch[..real]);
            }

            Assert.Equal(rows.Order(), seen.Order());
        }
    });

    [Fact]
    public void Batches_AreNoLargerThanAskedFor_AndHardlyPadded() => s_any.Sample((rows, size, seed) =>
    {
        var schedule = new BatchSchedule(rows, size, int.MaxValue, new RandomStream(seed, 0));
        Assert.InRange(schedule.BatchRows, 1, Math.Min(size ?? DGatingDefaults.SmallestBatch, rows.Length));
        int steps = StepsOfPass(schedule, rows);
        Assert.True(schedule.BatchRows * steps - rows.Length < steps);
        Assert.Equal(Math.Max(steps, DGatingDefaults.MinimumStepsPerIteration), schedule.StepsPerIteration);
    });

    [Fact]
    public void ABatchLargerThanTheData_IsTheData()
    {
        var schedule = new BatchSchedule([4, 7, 9], 1000, 100, new RandomStream(1, 0));
        Assert.Equal((3, DGatingDefaults.MinimumStepsPerIteration), (schedule.BatchRows, schedule.StepsPerIteration));
        Assert.Equal([4, 7, 9], schedule.Next(out int real).ToArray().Order());
        Assert.Equal(3, real);
    }

    [Fact]
    public void AnIteration_TakesAtMostSoManySteps_AndTheNextGoesOn()
    {
        int[] rows = [.. Enumerable.Range(0, 100)];
        var schedule = new BatchSchedule(rows, 10, 4, new RandomStream(1, 0));
        Assert.Equal(4, schedule.StepsPerIteration);
        var seen = new List<int>();
        for (int i = 0; i < 10; i++)
        {
            seen.AddRange(schedule.Next(out _));
        }

        Assert.Equal(rows, seen.Order());
    }

    [Theory]
    [InlineData(100, 50)]
    [InlineData(4_096, 64)]
    [InlineData(12_800, 200)]
    [InlineData(100_000, 511)]
    public void TheAutomaticSize_GrowsWithTheData(int rows, int expected) =>
        Assert.Equal(expected, new BatchSchedule(new int[rows], null, 100, new RandomStream(1, 0)).BatchRows, 1.0);

    [Fact]
    public void Passes_AreInDifferentOrders_TheSameForTheSameSeed()
    {
        int[][] passes = Passes(seed: 1);
        Assert.NotEqual(passes[0], passes[1]);
        Assert.Equal(passes, Passes(seed: 1));
        Assert.NotEqual(passes, Passes(seed: 2));
    }

    private static int StepsOfPass(BatchSchedule schedule, int[] rows) => (rows.Length + schedule.BatchRows - 1) / schedule.BatchRows;

    private static int[][] Passes(int seed)
    {
        var schedule = new BatchSchedule([.. Enumerable.Range(0, 40)], 40, 100, new RandomStream(seed, 0));
        return [schedule.Next(out _).ToArray(), schedule.Next(out _).ToArray()];
    }
}
