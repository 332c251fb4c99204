using System.Reflection;

namespace MLNet.DGating.Packages.Tests;

/// <summary>Facts of the build, written into this assembly by the project file.</summary>
internal static class BuildFacts
{
    public static string Version => Get("Version");

    public static string LibTorchVersion => Get("LibTorchVersion");

    /// <summary>The machine's folder of unpacked packages.</summary>
    public static string NuGetPackageRoot => Get("NuGetPackageRoot");

    private static string Get(string key) =>
        typeof(BuildFacts).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
