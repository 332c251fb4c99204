using TorchSharp;

namespace MLNet.DGating.Torch.Interop;

/// <summary>Keeps libtorch's number of threads for the app.</summary>
/// <remarks>
/// Setting it is for the thread that sets it, and also for every thread that first uses libtorch afterwards; so what a new thread would
/// find is read at first and put back at last, on new threads, which leaves all others alone. Overlapping fits share one reading.
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
