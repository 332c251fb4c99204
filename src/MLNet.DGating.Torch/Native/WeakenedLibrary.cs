using System.Buffers.Binary;
using System.Security.Cryptography;
using MLNet.DGating.Torch.Native.Elf;

namespace MLNet.DGating.Torch.Native;

/// <summary>Loads LibTorchSharp on systems whose libstdc++ is older than the one it was linked with.</summary>
/// <remarks>
/// TorchSharp 0.107.0 needs GLIBCXX_3.4.32, which Debian 12, Ubuntu 22.04 and RHEL 9 lack. The only function of that version is
/// <c>std::ios_base_library_init</c>, which is listed and never called. The loader accepts a copy that needs the version weakly
/// (VER_FLG_WEAK). All functions of the copy are bound at once, so that the loader refuses it if a function of the missing version is
/// really called.
/// </remarks>
internal static class WeakenedLibrary
{
    private const string StandardLibrary = "libstdc++.so.6";

    /// <summary>Loads <paramref name="path"/>, or a weakened copy of it where the system lacks a version that it needs.</summary>
    internal static nint Load(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return DynamicLoader.Load(path);
        }

        List<ElfVersionNeed> missing = MissingNeeds(path);
        return missing.Count == 0 ? DynamicLoader.Load(path, bindNow: true) : LoadCopy(path, missing);
    }

    private static List<ElfVersionNeed> MissingNeeds(string path)
    {
        // libtorch is loaded already, and with it the libstdc++ of this process, which LD_LIBRARY_PATH or a conda environment may take from
        // elsewhere than the system.
        string? standardLibrary = LoadedLibraries.PathOf(StandardLibrary);
        if (standardLibrary is null)
        {
            return [];
        }

        using FileStream definitions = LibraryCheck.Open(standardLibrary);
        using FileStream needs = LibraryCheck.Open(path);
        return Missing(path, LibraryCheck.Parse(path, needs), LibraryCheck.Parse(standardLibrary, definitions).VersionDefinitions());
    }

    private static List<ElfVersionNeed> Missing(string path, ElfFile file, HashSet<string> defined)
    {
        try
        {
            return
            [
                .. file.VersionNeeds()
                    .Where(need => need.Library == StandardLibrary && !need.IsWeak && !defined.Contains(need.Version)),
            ];
        }
        catch (BadImageFormatException exception)
        {
            throw NativeErrors.Unreadable(path, exception);
        }
    }

    private static nint LoadCopy(string path, List<ElfVersionNeed> missing)
    {
        byte[] content = File.ReadAllBytes(path);
        // The hash is that of the original, so that the same package gives the same copy in every application of this user.
        string key = Convert.ToHexStringLower(SHA256.HashData(content))[..32];
        Weaken(content, missing);
        string cached = Path.Combine(NativeCache.Directory, key, Path.GetFileName(path));
        try
        {
            NativeCache.Put(cached, content);
            return DynamicLoader.Load(cached, bindNow: true);
        }
        catch (Exception readOnly) when (readOnly is IOException or UnauthorizedAccessException)
        {
            return LoadTemporary(content, missing);
        }
    }

    /// <summary>Sets the weak flag of some version needs in the content of a file.</summary>
    internal static void Weaken(Span<byte> content, IEnumerable<ElfVersionNeed> needs)
    {
        foreach (ElfVersionNeed need in needs)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(content[(int)need.FlagsOffset..], (ushort)(need.Flags | ElfVersionNeed.WeakFlag));
        }
    }

    private static nint LoadTemporary(byte[] content, List<ElfVersionNeed> missing)
    {
        DirectoryInfo? directory = null;
        try
        {
            // The directory is new, has a random name, and is writable for this user only, so that no other user can put a library there.
            directory = Directory.CreateTempSubdirectory("mlnet-dgating-");
            string path = Path.Combine(directory.FullName, NativePlatform.TorchSharpFile);
            NativeCache.Put(path, content);
            return DynamicLoader.Load(path, bindNow: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string versions = string.Join(", ", missing.Select(need => need.Version));
            string temporary = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
            throw NativeErrors.NoCache(versions, NativeCache.Directory, temporary, exception);
        }
        finally
        {
            // A loaded library stays mapped without its file.
            directory?.Delete(recursive: true);
        }
    }
}
