using MLNet.DGating.Torch.Native.Elf;

namespace MLNet.DGating.Torch.Native;

/// <summary>Refuses a damaged library before the system's loader maps it and the process dies.</summary>
internal static class LibraryCheck
{
    /// <summary>Does nothing where libraries are not ELF files.</summary>
    internal static void Require(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var stream = Open(path);
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
