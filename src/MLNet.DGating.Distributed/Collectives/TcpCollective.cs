using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MLNet.DGating.Distributed.Collectives;

/// <summary>Connects processes of one machine over the loopback network, for tests where there is no MPI.</summary>
/// <remarks>Nothing is encrypted, and no rank proves who it is: it listens on loopback alone.</remarks>
internal sealed class TcpCollective : Collective
{
    private const int HeaderBytes = 2 * sizeof(int);

    private readonly ConcurrentQueue<Message> _mail = new();
    private readonly Dictionary<int, NetworkStream> _connections;

    private TcpCollective(int rank, int size, Dictionary<int, NetworkStream> connections)
        : base(rank, size)
    {
        _connections = connections;
        foreach ((int peer, NetworkStream connection) in connections)
        {
            connection.Socket.NoDelay = true;
            new Thread(() => Read(peer, connection)) { IsBackground = true, Name = $"Messages of rank {peer}" }.Start();
        }
    }

    /// <summary>Starts to listen as rank 0, on a port that the system chooses.</summary>
    public static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    /// <summary>Waits for all other ranks, as rank 0.</summary>
    /// <param name="listener">The listener, which is stopped.</param>
    /// <param name="size">The number of ranks, at least 1.</param>
    public static TcpCollective Accept(TcpListener listener, int size)
    {
        var connections = new Dictionary<int, NetworkStream>();
        byte[] rank = new byte[sizeof(int)];
        while (connections.Count < size - 1)
        {
            var connection = new NetworkStream(listener.AcceptSocket(), ownsSocket: true);
            connection.ReadExactly(rank);
            connections.Add(BinaryPrimitives.ReadInt32LittleEndian(rank), connection);
        }

        listener.Stop();
        return new TcpCollective(0, size, connections);
    }

    /// <summary>Connects to rank 0.</summary>
    /// <param name="port">The port on which it listens.</param>
    /// <param name="rank">The number of this process, at least 1.</param>
    /// <param name="size">The number of ranks.</param>
    public static TcpCollective Connect(int port, int rank, int size)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        var connection = new NetworkStream(socket, ownsSocket: true);
        byte[] own = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(own, rank);
        connection.Write(own);
        return new TcpCollective(rank, size, new Dictionary<int, NetworkStream> { [0] = connection });
    }

    protected override void Post(int to, MessageTag tag, byte[] bytes)
    {
        byte[] frame = new byte[HeaderBytes + bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, (int)tag);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(sizeof(int)), bytes.Length);
        bytes.CopyTo(frame, HeaderBytes);
        try
        {
            _connections[to].Write(frame);
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // The rank has gone; its reader says so.
        }
    }

    protected override bool Poll(out Message message) => _mail.TryDequeue(out message);

    /// <summary>Ends the connections without a word, as the death of the process does.</summary>
    public void Break() => Close();

    protected override void Kill(string sentence) => Close();

    protected override void Close()
    {
        foreach (NetworkStream connection in _connections.Values)
        {
            connection.Dispose();
        }
    }

    // A connection that ends without a word of its rank is that of a process that died.
    private void Read(int peer, NetworkStream stream)
    {
        byte[] header = new byte[HeaderBytes];
        try
        {
            while (true)
            {
                stream.ReadExactly(header);
                byte[] bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(sizeof(int)))];
                stream.ReadExactly(bytes);
                _mail.Enqueue(new Message(peer, (MessageTag)BinaryPrimitives.ReadInt32LittleEndian(header), bytes));
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            _mail.Enqueue(new Message(peer, MessageTag.Leave, []));
        }
    }
}
