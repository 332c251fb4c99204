using MLNet.DGating.Torch.Data.Streaming;
using MLNet.DGating.Torch.Randomness;

namespace MLNet.DGating.Torch.Tests.Data.Streaming;

public class RowSampleTests
{
    [Fact]
    public void Places_HoldTheRowsThatThePositionsSay() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 200], Gen.Int).Sample((capacity, rows, seed) =>
        {
            var sample = new RowSample(capacity, new RandomStream(seed, 0));
            var kept = new List<long>();
            for (int row = 0; row < rows; row++)
            {
                if (sample.Next() is not int place)
                {
                    continue;
                }

                if (place == kept.Count)
                {
                    kept.Add(row);
                }
                else
                {
                    kept[place] = row;
                }
            }

            Assert.Equal((rows, Math.Min(rows, capacity)), (sample.Rows, sample.Kept));
            Assert.Equal(sample.Kept, kept.Distinct().Count());
            if (rows > capacity)
            {
                Assert.Equal(kept, sample.Positions!);
            }
            else
            {
                Assert.Null(sample.Positions);
                Assert.Equal(Enumerable.Range(0, rows).Select(row => (long)row), kept);
            }
        });

    [Fact]
    public void EveryRow_IsKeptAsOften_WhereverItStands()
    {
        const int rows = 40, capacity = 10, samples = 4000;
        int[] kept = new int[rows];
        for (int seed = 0; seed < samples; seed++)
        {
            var sample = new RowSample(capacity, new RandomStream(seed, 0));
            for (int row = 0; row < rows; row++)
            {
                sample.Next();
            }

            Array.ForEach(sample.Positions!, position => kept[position]++);
        }

        // 1,000 expected of each, with a standard deviation of 27.
        Assert.All(kept, count => Assert.InRange(count, 865, 1135));
    }

    [Fact]
    public void AThinnedSample_IsAUniformSampleToo_WhosePlacesHoldTheRowsThatThePositionsSay()
    {
        const int rows = 40, capacity = 20, thinned = 10, samples = 4000;
        int[] kept = new int[rows];
        for (int seed = 0; seed < samples; seed++)
        {
            var sample = new RowSample(capacity, new RandomStream(seed, 0));
            for (int row = 0; row < rows; row++)
            {
                sample.Next();
            }

            long[] before = [.. sample.Positions!];
            int[] places = sample.Thin(thinned);
            Assert.Equal(places.Order(), places);
            Assert.Equal(Array.ConvertAll(places, place => before[place]), sample.Positions!);
            Assert.Equal((rows, thinned), (sample.Rows, sample.Kept));
            Array.ForEach(sample.Positions!, position => kept[position]++);
        }

        // 1,000 expected of each, with a standard deviation of 27.
        Assert.All(kept, count => Assert.InRange(count, 865, 1135));
    }
}
