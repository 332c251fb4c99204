using MLNet.DGating.Torch.Native;
using MLNet.DGating.Torch.Native.Elf;

namespace MLNet.DGating.Torch.Tests.Native;

/// <summary>A test of what only Linux does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "Linux only.";
        }
    }

    /// <summary>Whether the test is of the copy that only an old libstdc++ needs.</summary>
    public bool NeedsOldStandardLibrary
    {
        get => false;
        set => Skip ??= value && !HasOldStandardLibrary() ? "This system's libstdc++ is new enough." : null;
    }

    private static bool HasOldStandardLibrary()
    {
        TorchRuntime.EnsureLoaded();
        using FileStream stream = File.OpenRead(LoadedLibraries.PathOf("libstdc++.so.6")!);
        return !new ElfFile(stream).VersionDefinitions().Contains("GLIBCXX_3.4.32");
    }
}
