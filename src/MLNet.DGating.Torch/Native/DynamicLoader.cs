using System.Runtime.InteropServices;

namespace MLNet.DGating.Torch.Native;

/// <summary>Loads library files with the system's loader.</summary>
internal static partial class DynamicLoader
{
    private const int Lazy = 1, Now = 2;

    /// <summary>Loads one library and gives its handle.</summary>
    /// <param name="path">The full path of the library.</param>
    /// <param name="bindNow">
    /// Whether every function that the library calls must be found at once. With lazy binding a library of a wrong version can be loaded,
    /// and ends the process at the first missing function.
    /// </param>
    /// <exception cref="DllNotFoundException">The library is damaged, there is no room for it, or the loader refuses it.</exception>
    internal static nint Load(string path, bool bindNow = false)
    {
        LibraryCheck.Require(path);
        AddressSpace.Require(path);
        return OperatingSystem.IsLinux() ? LoadElf(path, bindNow) : LoadPlainly(path);
    }

    private static nint LoadElf(string path, bool bindNow)
    {
        // The first call of dlerror binds it by the very functions whose error it reports, so it must be bound before an error occurs.
        _ = DlError();
        nint handle = DlOpen(path, bindNow ? Now : Lazy);
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
