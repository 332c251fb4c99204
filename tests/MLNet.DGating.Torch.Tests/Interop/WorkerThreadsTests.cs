using MLNet.DGating.Torch.Interop;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Interop;

[Collection(Alone.Name)]
public class WorkerThreadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void EveryNumber_IsWorkedOnOnce_AndEveryThreadThatWasStartedTellsItsEnd(int threads)
    {
        int[] times = new int[5];
        int ended = 0;
        WorkerThreads.ForEach(5, threads, i => Interlocked.Increment(ref times[i]), () => Interlocked.Increment(ref ended));
        Assert.Equal([1, 1, 1, 1, 1], times);
        Assert.Equal(Math.Min(threads, 5), ended);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void TheFirstError_IsRethrownAsItIs_AndItsThreadEnds(int threads)
    {
        int ended = 0;
        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => WorkerThreads.ForEach(3, threads, Work, () => Interlocked.Increment(ref ended)));
        Assert.Equal("Run 1.", error.Message);
        Assert.Contains(nameof(TheFirstError_IsRethrownAsItIs_AndItsThreadEnds), error.StackTrace, StringComparison.Ordinal);
        Assert.Equal(threads, ended);

        static void Work(int i)
        {
            if (i > 0)
            {
                throw new InvalidOperationException($"Run {i}.");
            }
        }
    }

    [Fact]
    public void TheCallersThreads_AndThoseOfLaterThreads_StayAsTheyAre()
    {
        int before = torch.get_num_threads();
        torch.set_num_threads(3);
        int[] ofWorkers = new int[2];
        WorkerThreads.ForEach(2, 2, i => ofWorkers[i] = torch.get_num_threads());
        int caller = torch.get_num_threads(), fresh = OnAFreshThread();
        torch.set_num_threads(before);
        Assert.Equal((3, 3), (caller, fresh));
        Assert.Equal([1, 1], ofWorkers);

        static int OnAFreshThread()
        {
            int count = 0;
            var thread = new Thread(() => count = torch.get_num_threads());
            thread.Start();
            thread.Join();
            return count;
        }
    }
}
