using System.Runtime.InteropServices;
using MLNet.DGating.Distributed.Collectives;

namespace MLNet.DGating.Distributed.Mpi;

/// <summary>Connects the processes that a launcher of MPI has started.</summary>
/// <remarks>
/// The collective calls of MPI itself are not used: they cannot be left when a rank has gone, and they keep a processor busy while they
/// wait.
/// </remarks>
internal sealed unsafe class MpiCollective : Collective
{
    private readonly MpiLibrary _library;
    private readonly List<(nint Request, GCHandle Bytes)> _sending = [];

    private MpiCollective(MpiLibrary library, int rank, int size)
        : base(rank, size) => _library = library;

    /// <summary>What the library says of itself.</summary>
    public string Version => _library.Version;

    /// <summary>Joins the job.</summary>
    /// <param name="isOpenMpi">Whether the launcher is that of Open MPI; null if it is not known.</param>
    /// <exception cref="InvalidOperationException">There is no library of MPI, or it cannot be used.</exception>
    public static MpiCollective Start(bool? isOpenMpi)
    {
        var library = MpiLibrary.Load(isOpenMpi);
        (int rank, int size) = library.Start();
        return new MpiCollective(library, rank, size);
    }

    protected override void Post(int to, MessageTag tag, byte[] bytes)
    {
        var pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
        nint request = _library.Send((void*)pinned.AddrOfPinnedObject(), bytes.Length, to, (int)tag);
        _sending.Add((request, pinned));
    }

    protected override bool Poll(out Message message)
    {
        ForgetSent();
        bool hasArrived = _library.TryReceive(out int from, out int tag, out byte[] bytes);
        message = new Message(from, (MessageTag)tag, bytes);
        return hasArrived;
    }

    protected override void Kill(string sentence)
    {
        const int exitCode = 1;
        Console.Error.WriteLine(sentence);
        _library.Abort(exitCode);
    }

    // The end of MPI waits for all ranks, in native code: it is only called once they have all said that they leave.
    protected override void Close()
    {
        AwaitOthers();
        var wait = new SpinWait();
        while (_sending.Count > 0)
        {
            ForgetSent();
            wait.SpinOnce();
        }

        _library.Finish();
    }

    private void ForgetSent()
    {
        for (int i = _sending.Count - 1; i >= 0; i--)
        {
            (nint request, GCHandle bytes) = _sending[i];
            if (_library.IsDone(ref request))
            {
                bytes.Free();
                _sending.RemoveAt(i);
            }
        }
    }
}
