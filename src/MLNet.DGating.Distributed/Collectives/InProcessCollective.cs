using System.Collections.Concurrent;

namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Connects threads of one process as if they were ranks.</summary>
internal sealed class InProcessCollective : Collective
{
    private readonly ConcurrentQueue<Message>[] _mail;

    private InProcessCollective(int rank, ConcurrentQueue<Message>[] mail)
        : base(rank, mail.Length) => _mail = mail;

    /// <summary>Creates the ranks of a job; each is for one thread at a time.</summary>
    /// <param name="size">The number of ranks, at least 1.</param>
    public static InProcessCollective[] Create(int size)
    {
        ConcurrentQueue<Message>[] mail = [.. Enumerable.Range(0, size).Select(_ => new ConcurrentQueue<Message>())];
        return [.. Enumerable.Range(0, size).Select(rank => new InProcessCollective(rank, mail))];
    }

    protected override void Post(int to, MessageTag tag, byte[] bytes) => _mail[to].Enqueue(new Message(Rank, tag, bytes));

    protected override bool Poll(out Message message) => _mail[Rank].TryDequeue(out message);

    // There is no process to end but this one; the others learn of it when they next exchange messages.
    protected override void Kill(string sentence)
    {
    }

    protected override void Close()
    {
    }
}
