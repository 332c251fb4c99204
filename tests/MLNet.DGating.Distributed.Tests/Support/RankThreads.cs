using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using MLNet.DGating.Distributed.Collectives;

namespace MLNet.DGating.Distributed.Tests.Support;

/// <summary>Runs the ranks of a job as threads of this process.</summary>
internal static class RankThreads
{
    /// <summary>The ways in which ranks are connected where there is no MPI.</summary>
    public static TheoryData<string> Transports => ["in-process", "TCP"];

    /// <summary>Connects some ranks.</summary>
    /// <param name="transport">One of <see cref="Transports"/>.</param>
    /// <param name="size">The number of ranks.</param>
    public static ICollective[] Connect(string transport, int size)
    {
        if (transport == "in-process")
        {
            return InProcessCollective.Create(size);
        }

        TcpListener listener = TcpCollective.Listen();
        int port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        var others = new Task<TcpCollective>[size - 1];
        for (int i = 0; i < others.Length; i++)
        {
            int rank = i + 1;
            others[i] = Task.Run(() => TcpCollective.Connect(port, rank, size));
        }

        var first = TcpCollective.Accept(listener, size);
        return [first, .. others.Select(other => other.Result)];
    }

    /// <summary>Calls a function on every rank, each on a thread of its own, and gives the results in the order of the ranks.</summary>
    /// <remarks>Every rank leaves at the end. The error of the lowest rank is thrown.</remarks>
    public static T[] Run<T>(ICollective[] ranks, Func<ICollective, T> work)
    {
        var results = new T[ranks.Length];
        var errors = new ExceptionDispatchInfo?[ranks.Length];
        Thread[] threads = Array.ConvertAll(ranks, ranks => new Thread(() =>
        {
            try
            {
                using (ranks)
                {
                    results[ranks.Rank] = work(ranks);
                }
            }
            catch (Exception error) // Rethrown on the test's thread.
            {
                errors[ranks.Rank] = ExceptionDispatchInfo.Capture(error);
            }
        }));
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        errors.FirstOrDefault(error => error is not null)?.Throw();
        return results;
    }

    /// <summary>Gives what a function that must fail by an <see cref="InvalidOperationException"/> says.</summary>
    public static string MessageOf(Action work) => Assert.ThrowsAny<InvalidOperationException>(work).Message;
}
