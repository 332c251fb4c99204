using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Native;

/// <summary>Hands one library file to the system's loader.</summary>
internal static partial class DynamicLoader
{
    private const int Lazy = 1, Now = 2;

    /// <summary>
    /// </summary>
    /// <param name="path">The full path of the library.</param>
    /// <param name="bindNow">
    /// Whether every function it calls must be found at once. Lazy binding would let a library of a wrong version load, and end the process
    /// at the first missing function.
    /// </param>
    internal static nint Load(string path, bool bindNow = false)
    {
        LibraryCheck.Require(path);
        return OperatingSystem.IsLinux() ? LoadElf(path, bindNow) : LoadPlainly(path);
    }

    private static nint LoadElf(string path, bool bindNow)
    {
        // The first call binds dlerror itself, by the very functions whose error it reports; it must be bound before an error is wanted.
        _ = DlError();
        var handle = DlOpen(path, bindNow ? Now : Lazy);
        return handle != 0 ? handle : throw NativeErrors.LoaderRefused(path, Marshal.PtrToStringUTF8(DlError()) ?? "it gives no reason");
    }

    private static nint LoadPlainly(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw NativeErrors.LoaderRefused(path, exception.Message);
        }
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint DlOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint DlError();
}
