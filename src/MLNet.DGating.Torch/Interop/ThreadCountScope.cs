using TorchSharp;

namespace MLNet.DGating.Torch.Interop;

/// <summary>Restores libtorch's number of threads for the application when training ends.</summary>
/// <remarks>
/// Setting the number changes it for the calling thread, and for every thread that uses libtorch for the first time afterwards. So the
/// value that a new thread finds is read at the beginning and restored at the end, each on a new thread, which leaves all other threads
/// alone. Overlapping fits share one reading.
/// </remarks>
internal sealed class ThreadCountScope : IDisposable
{
    private static readonly Lock s_lock = new();
    private static int s_users;
    private static int s_threads;

    public ThreadCountScope()
    {
        lock (s_lock)
        {
            if (s_users++ == 0)
            {
                OnNewThread(() => s_threads = torch.get_num_threads());
            }
        }
    }

    public void Dispose()
    {
        lock (s_lock)
        {
            if (--s_users == 0)
            {
                OnNewThread(() => torch.set_num_threads(s_threads));
            }
        }
    }

    private static void OnNewThread(ThreadStart action)
    {
        var thread = new Thread(action) { IsBackground = true, Name = "D-Gating" };
        thread.Start();
        thread.Join();
    }
}
