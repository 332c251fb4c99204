using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Composes the calls of a collective from messages, which a transport carries.</summary>
/// <param name="rank">The number of this process.</param>
/// <param name="size">The number of processes.</param>
internal abstract class Collective(int rank, int size) : ICollective
{
    /// <summary>How long a rank that failed waits for the others to learn of it.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    /// <summary>How often a rank looks for what others are about to send before it sleeps between looks.</summary>
    /// <remarks>It gives its processor to others meanwhile; to sleep takes a millisecond, longer than most steps of a training.</remarks>
    private const int EagerLooks = 10_000;

    // What collective calls wait for, by sender and call; and everything else in the order in which it arrived.
    private readonly Dictionary<(int From, MessageTag Tag), Queue<byte[]>> _parts = [];
    private readonly Queue<Message> _messages = [];
    private readonly string?[] _reasons = new string?[size];
    private bool _hasLeft;

    public int Rank => rank;

    public int Size => size;

    public Traffic Sent { get; private set; }

    /// <summary>The ranks that this one exchanges messages with.</summary>
    private IEnumerable<int> Peers => rank == 0 ? Enumerable.Range(1, size - 1) : [0];

    public void Send(int to, MessageTag tag, byte[] bytes)
    {
        if (_reasons[to] is null)
        {
            Sent = new Traffic(Sent.Messages + 1, Sent.Bytes + bytes.Length);
            Post(to, tag, bytes);
        }
    }

    public bool TryReceive(out Message message)
    {
        Pump();
        return _messages.TryDequeue(out message);
    }

    public void ThrowIfLeft()
    {
        foreach (int peer in Peers)
        {
            if (_reasons[peer] is { } reason)
            {
                throw new RankLeftException(reason.Length > 0
                    ? $"Rank {peer} of {size} failed: {reason}"
                    : $"Rank {peer} of {size} ended before the others were done, so that these end as well.");
            }
        }
    }

    public void Barrier() => AllGather([]);

    public byte[] Broadcast(byte[] bytes)
    {
        if (rank != 0)
        {
            return Receive(0, MessageTag.Broadcast);
        }

        foreach (int peer in Peers)
        {
            Send(peer, MessageTag.Broadcast, bytes);
        }

        return bytes;
    }

    public byte[][] Gather(byte[] bytes)
    {
        if (rank != 0)
        {
            Send(0, MessageTag.Gather, bytes);
            return [];
        }

        return [bytes, .. Peers.Select(peer => Receive(peer, MessageTag.Gather))];
    }

    public byte[][] AllGather(byte[] bytes) => Unpack(Broadcast(Pack(Gather(bytes))));

    public void AllReduce(Span<float> values) => Reduce(values);

    public void AllReduce(Span<double> values) => Reduce(values);

    public void Abort(string reason)
    {
        Leave(reason);
        var clock = Stopwatch.StartNew();
        var wait = new SpinWait();
        while (Peers.Any(peer => _reasons[peer] is null))
        {
            if (clock.Elapsed > s_patience)
            {
                Kill($"Rank {rank} of {size} failed: {reason}");
                return;
            }

            Pump();
            wait.SpinOnce();
        }
    }

    public void Dispose()
    {
        Leave(reason: "");
        Close();
    }

    /// <summary>Sends a message without waiting.</summary>
    protected abstract void Post(int to, MessageTag tag, byte[] bytes);

    /// <summary>Takes the next message that has arrived, if there is one.</summary>
    protected abstract bool Poll(out Message message);

    /// <summary>Ends all processes of the job.</summary>
    /// <param name="sentence">What happened.</param>
    protected abstract void Kill(string sentence);

    /// <summary>Closes the connections, after the last message has been sent.</summary>
    protected abstract void Close();

    /// <summary>Waits until all the others have left as well.</summary>
    protected void AwaitOthers()
    {
        var wait = new SpinWait();
        while (Peers.Any(peer => _reasons[peer] is null))
        {
            Pump();
            wait.SpinOnce();
        }
    }

    private void Reduce<T>(Span<T> values)
        where T : unmanaged, IAdditionOperators<T, T, T>, IAdditiveIdentity<T, T>
    {
        byte[][] parts = Gather(MemoryMarshal.AsBytes(values).ToArray());
        for (int i = 1; i < parts.Length; i++)
        {
            TensorPrimitives.Add<T>(values, MemoryMarshal.Cast<byte, T>(parts[i]), values);
        }

        Broadcast(MemoryMarshal.AsBytes(values).ToArray()).CopyTo(MemoryMarshal.AsBytes(values));
    }

    private byte[] Receive(int from, MessageTag tag)
    {
        Queue<byte[]> waiting = PartsOf(from, tag);
        var wait = new SpinWait();
        int looks = 0;
        byte[]? bytes;
        while (!waiting.TryDequeue(out bytes))
        {
            // What a rank sent before it left arrives first.
            Pump();
            if (waiting.Count == 0)
            {
                ThrowIfLeft();
                wait.SpinOnce(sleep1Threshold: looks++ < EagerLooks ? -1 : 0);
            }
        }

        return bytes;
    }

    private void Pump()
    {
        while (Poll(out Message message))
        {
            switch (message.Tag)
            {
                case MessageTag.Leave:
                    _reasons[message.From] ??= Encoding.UTF8.GetString(message.Bytes);
                    break;
                case MessageTag.Gather or MessageTag.Broadcast:
                    PartsOf(message.From, message.Tag).Enqueue(message.Bytes);
                    break;
                default:
                    _messages.Enqueue(message);
                    break;
            }
        }
    }

    private Queue<byte[]> PartsOf(int from, MessageTag tag)
    {
        if (!_parts.TryGetValue((from, tag), out Queue<byte[]>? waiting))
        {
            _parts[(from, tag)] = waiting = [];
        }

        return waiting;
    }

    private void Leave(string reason)
    {
        if (_hasLeft)
        {
            return;
        }

        _hasLeft = true;
        foreach (int peer in Peers)
        {
            // One that has left already waits for this message.
            Post(peer, MessageTag.Leave, Encoding.UTF8.GetBytes(reason));
        }
    }

    // The number of parts, and each with its length before it.
    private static byte[] Pack(byte[][] parts)
    {
        byte[] packed = new byte[sizeof(int) * (parts.Length + 1) + parts.Sum(part => part.Length)];
        BinaryPrimitives.WriteInt32LittleEndian(packed, parts.Length);
        int position = sizeof(int);
        foreach (byte[] part in parts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(position), part.Length);
            part.CopyTo(packed, position + sizeof(int));
            position += sizeof(int) + part.Length;
        }

        return packed;
    }

    private static byte[][] Unpack(byte[] packed)
    {
        byte[][] parts = new byte[BinaryPrimitives.ReadInt32LittleEndian(packed)][];
        int position = sizeof(int);
        for (int i = 0; i < parts.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(position));
            parts[i] = packed[(position + sizeof(int))..(position + sizeof(int) + length)];
            position += sizeof(int) + length;
        }

        return parts;
    }
}
