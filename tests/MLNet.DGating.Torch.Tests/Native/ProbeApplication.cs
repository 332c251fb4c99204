using System.Diagnostics;

namespace MLNet.DGating.Torch.Tests.Native;

/// <summary>A copy of the probe application, whose native libraries are links that a test may remove or replace.</summary>
/// <remarks>The build's own files may be hard links into the packages folder: a test must never write into one.</remarks>
internal sealed class ProbeApplication : IDisposable
{
    private const string Name = "MLNet.DGating.Torch.NativeProbe";
    private static readonly string Built = AppContext.BaseDirectory.Replace("MLNet.DGating.Torch.Tests", Name, StringComparison.Ordinal);

    private readonly TemporaryDirectory directory = new();

    internal ProbeApplication()
    {
        Root = directory.Sub("app");
        Cache = directory.Sub("cache");
        EmptyPackages = directory.Sub("packages");
        foreach (string file in Directory.GetFiles(Built))
        {
            File.Copy(file, Path.Combine(Root, Path.GetFileName(file)));
        }

        Native = directory.Sub("app", "runtimes", "linux-x64", "native");
        LinkLibraries(Native);
    }

    internal string Root { get; }

    internal string Cache { get; }

    internal string EmptyPackages { get; }

    /// <summary>Where the application keeps libtorch and LibTorchSharp.</summary>
    internal string Native { get; }

    /// <summary>The libraries as the build left them.</summary>
    internal static string BuiltNative => Path.Combine(Built, "runtimes", "linux-x64", "native");

    internal string Sub(params string[] names) => directory.Sub(names);

    internal static void LinkLibraries(string target)
    {
        foreach (string file in Directory.GetFiles(BuiltNative))
        {
            File.CreateSymbolicLink(Path.Combine(target, Path.GetFileName(file)), file);
        }
    }

    /// <summary>Leaves a library that ends after <paramref name="length"/> bytes in the place of a whole one.</summary>
    internal static string Truncate(string folder, string file, int length)
    {
        string path = Path.Combine(folder, file);
        File.Delete(path);
        using FileStream whole = File.OpenRead(Path.Combine(BuiltNative, file));
        byte[] start = new byte[length];
        whole.ReadExactly(start);
        File.WriteAllBytes(path, start);
        return path;
    }

    /// <summary>Runs the probe and returns what it wrote, standard error included.</summary>
    internal string[] Run(string[]? arguments = null, params (string Name, string Value)[] environment) =>
        Finish(Start(arguments, environment));

    internal Process Start(string[]? arguments = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "exec", Path.Combine(Root, Name + ".dll") },
        };
        foreach (string argument in arguments ?? [])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("DGATING_LIBTORCH");
        start.Environment["XDG_CACHE_HOME"] = Cache;
        start.Environment["NUGET_PACKAGES"] = EmptyPackages;
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    internal static string[] Finish(Process process)
    {
        using (process)
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (output + errors.GetAwaiter().GetResult()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    public void Dispose() => directory.Dispose();
}
