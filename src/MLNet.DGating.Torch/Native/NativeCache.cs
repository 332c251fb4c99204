namespace MLNet.DGating.Torch.Native;

/// <summary>Files that this machine needs in another form than their packages have them, kept in the user's cache directory.</summary>
internal static class NativeCache
{
    /// <summary>The user's cache directory for this library, as the XDG base directory specification has it.</summary>
    internal static string Directory
    {
        get
        {
            var xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            var root =
                Path.IsPathRooted(xdg) ? xdg
                : home.Length > 0 ? Path.Combine(home, ".cache")
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(root, "mlnet-dgating", "native");
        }
    }

    /// <summary>Makes <paramref name="path"/> a file of exactly <paramref name="content"/>, and leaves it alone where it is one.</summary>
    /// <remarks>The file appears whole, by a move, so that processes that do this at the same time cannot see each other's half.</remarks>
    internal static void Put(string path, ReadOnlySpan<byte> content)
    {
        if (File.Exists(path) && content.SequenceEqual(File.ReadAllBytes(path)))
        {
            return;
        }

        var directory = Path.GetDirectoryName(path)!;
        System.IO.Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
