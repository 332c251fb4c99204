using MLNet.DGating.Model;

namespace MLNet.DGating.Torch.Native;

/// <summary>Keeps adapted copies of library files in the user's cache directory.</summary>
internal static class NativeCache
{
    /// <summary>The user's cache directory for this library, by the XDG base directory specification.</summary>
    internal static string Directory
    {
        get
        {
            string? xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            string root =
                Path.IsPathRooted(xdg) ? xdg
                : home.Length > 0 ? Path.Combine(home, ".cache")
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(root, "mlnet-dgating", "native");
        }
    }

    /// <summary>Writes <paramref name="content"/> to the file <paramref name="path"/>, unless it has that content already.</summary>
    /// <remarks>The file is moved into place as a whole, so that other processes never see a part of it.</remarks>
    internal static void Put(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path) && content.SequenceEqual(File.ReadAllBytes(path)))
        {
            return;
        }

        byte[] bytes = content.ToArray();
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, temporary => File.WriteAllBytes(temporary, bytes));
    }
}
