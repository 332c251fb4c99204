using MLNet.DGating.Torch.Interop;
using TorchSharp;

namespace MLNet.DGating.Torch.Tests.Interop;

[Collection(Alone.Name)]
public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryPart_IsCarriedOutOnce_EachTime(int threads)
    {
        using var team = new WorkerTeam(threads);
        for (int parts = 0; parts < 10; parts++)
        {
            int[] times = new int[10];
            team.ForEach(parts, part => Interlocked.Increment(ref times[part]));
            Assert.Equal(Enumerable.Range(0, 10).Select(part => part < parts ? 1 : 0), times);
        }
    }

    [Fact]
    public void Threads_ComputeOnOneCoreEach_AndEndWithTheTeam()
    {
        var threads = new Thread[3];
        int[] cores = new int[3];
        using (var team = new WorkerTeam(3))
        {
            team.ForEach(3, part => (threads[part], cores[part]) = (Thread.CurrentThread, torch.get_num_threads()));
            Assert.Equal(3, threads.Distinct().Count());
            Assert.Same(Thread.CurrentThread, threads[0]);
            Assert.Equal([1, 1], cores[1..]);
        }

        Assert.DoesNotContain(threads[1..], thread => thread.IsAlive);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 2)]
    public void AnError_IsRethrownAsItIs_AndTheTeamGoesOn(int threads, int failing)
    {
        using var team = new WorkerTeam(threads);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => team.ForEach(3, part =>
        {
            if (part == failing)
            {
                throw new InvalidOperationException($"Part {part}.");
            }
        }));
        Assert.Equal($"Part {failing}.", error.Message);
        int sum = 0;
        team.ForEach(4, part => Interlocked.Add(ref sum, part));
        Assert.Equal(6, sum);
    }
}
