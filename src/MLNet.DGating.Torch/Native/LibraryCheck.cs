using MLNet.DGating.Torch.Native.Elf;

namespace MLNet.DGating.Torch.Native;

/// <summary>Refuses damaged libraries, which the system's loader would map so that the process ends later.</summary>
internal static class LibraryCheck
{
    /// <summary>Throws if a library is damaged. On systems without ELF files nothing is checked.</summary>
    /// <exception cref="DllNotFoundException">The file cannot be read, or is not a complete library for this processor.</exception>
    internal static void Require(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using FileStream stream = Open(path);
        _ = Parse(path, stream);
    }

    internal static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NativeErrors.Unreadable(path, exception);
        }
    }

    internal static ElfFile Parse(string path, Stream stream)
    {
        try
        {
            var file = new ElfFile(stream);
            return file.FitsProcessor ? file : throw new BadImageFormatException("the file is built for another processor");
        }
        catch (BadImageFormatException exception)
        {
            throw NativeErrors.Unreadable(path, exception);
        }
    }
}
