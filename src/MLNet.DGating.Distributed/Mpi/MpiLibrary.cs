using System.Runtime.InteropServices;
using System.Text;

namespace MLNet.DGating.Distributed.Mpi;

/// <summary>Binds the few functions of MPI that messages need.</summary>
internal sealed unsafe class MpiLibrary
{
    private const int Serialized = 2, StatusBytes = 64, LongestVersion = 8192;

    // Open MPI 4 and 5, MPICH and its relatives, MPICH on Debian, and what a development package links.
    private static readonly string[] s_names = ["libmpi.so.40", "libmpi.so.12", "libmpich.so.12", "libmpi.so"];

    private readonly nint _library;
    private readonly MpiDialect _dialect;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> _isend;
    private readonly delegate* unmanaged<nint*, int*, void*, int> _test;
    private readonly delegate* unmanaged<int, int, nint, int*, void*, int> _iprobe;
    private readonly delegate* unmanaged<void*, nint, int*, int> _getCount;
    private readonly delegate* unmanaged<void*, int, nint, int, int, nint, void*, int> _receive;

    private MpiLibrary(nint library, MpiDialect dialect, string version)
    {
        _library = library;
        _dialect = dialect;
        Version = version;
        _isend = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Function("MPI_Isend");
        _test = (delegate* unmanaged<nint*, int*, void*, int>)Function("MPI_Test");
        _iprobe = (delegate* unmanaged<int, int, nint, int*, void*, int>)Function("MPI_Iprobe");
        _getCount = (delegate* unmanaged<void*, nint, int*, int>)Function("MPI_Get_count");
        _receive = (delegate* unmanaged<void*, int, nint, int, int, nint, void*, int>)Function("MPI_Recv");
    }

    /// <summary>What the library says of itself, such as Open MPI v4.1.4.</summary>
    public string Version { get; }

    /// <summary>Loads the library of the launcher that started this process.</summary>
    /// <param name="isOpenMpi">Whether the launcher is that of Open MPI; null if it is not known.</param>
    /// <exception cref="InvalidOperationException">There is none, or one that is not known.</exception>
    public static MpiLibrary Load(bool? isOpenMpi) => Load(isOpenMpi, s_names);

    /// <summary>Loads the first library of some names that is of the launcher's kind.</summary>
    /// <exception cref="InvalidOperationException">There is none, or one that is not known.</exception>
    public static MpiLibrary Load(bool? isOpenMpi, IEnumerable<string> names)
    {
        var found = new List<string>();
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, out nint library))
            {
                continue;
            }

            string version = VersionOf(library);
            var dialect = MpiDialect.Of(library, version);
            bool isOther = isOpenMpi is bool open && open != version.StartsWith("Open MPI", StringComparison.Ordinal);
            if (dialect is not null && !isOther)
            {
                return new MpiLibrary(library, dialect, version);
            }

            found.Add($"{name}: {version}");
        }

        string there = found.Count == 0 ? "no library of MPI" : "only " + string.Join("; ", found);
        throw new InvalidOperationException(
            $"This process was started as one of several, but {there} was found. "
            + "Install Open MPI (Debian and Ubuntu: openmpi-bin) or MPICH, the same as the launcher's, on every machine, "
            + "and give its folder in LD_LIBRARY_PATH where it is not a standard one.");
    }

    /// <summary>Begins to exchange messages.</summary>
    /// <returns>The number of this process and that of all processes.</returns>
    /// <exception cref="InvalidOperationException">MPI was used in this process before, or cannot be used from several threads.</exception>
    public (int Rank, int Size) Start()
    {
        int hasBegun = 0, provided, rank, size;
        ((delegate* unmanaged<int*, int>)Function("MPI_Initialized"))(&hasBegun);
        if (hasBegun != 0)
        {
            throw new InvalidOperationException(
                "MPI was started in this process before, and it starts once only: keep one cluster for the whole program.");
        }

        ((delegate* unmanaged<void*, void*, int, int*, int>)Function("MPI_Init_thread"))(null, null, Serialized, &provided);
        if (provided < Serialized)
        {
            throw new InvalidOperationException(
                $"{Version} was built for use by one thread: install one with thread support (MPI_THREAD_SERIALIZED).");
        }

        ((delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_rank"))(_dialect.World, &rank);
        ((delegate* unmanaged<nint, int*, int>)Function("MPI_Comm_size"))(_dialect.World, &size);
        return (rank, size);
    }

    /// <summary>Begins to send bytes, which must stay where they are until <see cref="IsDone"/>.</summary>
    public nint Send(void* bytes, int count, int to, int tag)
    {
        nint request = 0;
        _isend(bytes, count, _dialect.Byte, to, tag, _dialect.World, &request);
        return request;
    }

    /// <summary>Tells whether bytes have been sent.</summary>
    public bool IsDone(ref nint request)
    {
        byte* status = stackalloc byte[StatusBytes];
        int isDone = 0;
        fixed (nint* handle = &request)
        {
            _test(handle, &isDone, status);
        }

        return isDone != 0;
    }

    /// <summary>Receives the next message that has arrived, if there is one.</summary>
    public bool TryReceive(out int from, out int tag, out byte[] bytes)
    {
        const int anyTag = -1;
        int* status = stackalloc int[StatusBytes / sizeof(int)];
        int hasArrived = 0, count = 0;
        _iprobe(_dialect.AnySource, anyTag, _dialect.World, &hasArrived, status);
        if (hasArrived == 0)
        {
            (from, tag, bytes) = (0, 0, []);
            return false;
        }

        from = status[_dialect.SourceIndex];
        tag = status[_dialect.SourceIndex + 1];
        _getCount(status, _dialect.Byte, &count);
        bytes = new byte[count];
        fixed (byte* target = bytes)
        {
            _receive(target, count, _dialect.Byte, from, tag, _dialect.World, status);
        }

        return true;
    }

    /// <summary>Ends all processes of the job.</summary>
    public void Abort(int exitCode) => ((delegate* unmanaged<nint, int, int>)Function("MPI_Abort"))(_dialect.World, exitCode);

    /// <summary>Ends the exchange of messages, when all processes do.</summary>
    public void Finish() => ((delegate* unmanaged<int>)Function("MPI_Finalize"))();

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);

    private static string VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "MPI_Get_library_version", out nint function))
        {
            return "without a version";
        }

        byte* text = stackalloc byte[LongestVersion];
        int length = 0;
        ((delegate* unmanaged<byte*, int*, int>)function)(text, &length);
        // Open MPI goes on behind a comma, MPICH on further lines.
        string version = Encoding.UTF8.GetString(text, length).Trim('\0', '\n', ' ');
        return string.Join(' ', version.Split(',', '\n')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
