using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MLNet.DGating.Packages.Tests;

/// <summary>Builds the examples, and the programs of the packages' readmes, from the packages.</summary>
/// <remarks>They stand in a folder without the sources, with a package cache that is empty of ours.</remarks>
public sealed partial class Consumers : IDisposable
{
    private static readonly string[] s_readmes =
    [
        "MLNet.DGating", "MLNet.DGating.Scoring", "MLNet.DGating.Plots", "MLNet.DGating.Modules", "MLNet.DGating.Distributed",
        "MLNet.DGating.Trees",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("dgating-consumers").FullName;

    public Consumers()
    {
        string[] settings =
            ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "NuGet.config", "global.json"];
        foreach (string file in settings)
        {
            File.Copy(Repository.PathOf(file), PathOf(file));
        }

        foreach (string folder in new[] { "build", "examples" })
        {
            CopySources(Repository.PathOf(folder), PathOf(folder));
        }

        CopySources(PackedPackage.Feed, PathOf("packages"));
        foreach (string id in s_readmes)
        {
            WriteReadme(id);
        }

        // Readmes speak of a file in the working folder.
        File.Copy(PathOf("examples", "data", "mice.csv"), PathOf("mice.csv"));
        File.WriteAllLines(PathOf("rides.csv"), File.ReadLines(PathOf("examples", "data", "taxi-fare.csv")).Take(10_001));

        IEnumerable<string> projects = Directory.EnumerateFiles(_folder, "*.csproj", SearchOption.AllDirectories)
            .Select(project => $"<Project Path=\"{Path.GetRelativePath(_folder, project)}\" />");
        File.WriteAllText(PathOf("all.slnx"), $"<Solution>{string.Concat(projects)}</Solution>");
        try
        {
            Run("dotnet", "build", "all.slnx", "-c", "Release", "-v", "q", "-nologo");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string PathOf(params string[] parts) => Path.Combine([_folder, .. parts]);

    /// <summary>The program of a package's readme, run in the common folder.</summary>
    public string RunReadme(string id) => Run("dotnet", PathOf("readmes", id, "bin", "Release", "net10.0", $"{id}.Readme.dll"));

    /// <summary>Runs a command to its end in the common folder, and returns what it wrote.</summary>
    public string Run(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FromPackages"] = "true";
        start.Environment["RestorePackagesPath"] = PathOf("cache");
        // Everything that is not ours is taken from where the machine has it unpacked.
        start.Environment["RestoreFallbackFolders"] = BuildFacts.NuGetPackageRoot;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string all = $"{output}\n{errors.GetAwaiter().GetResult()}";
        Assert.True(process.ExitCode == 0, $"{command} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{all}");
        return output.ReplaceLineEndings("\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteReadme(string id)
    {
        using var package = PackedPackage.Open(id);
        string folder = Directory.CreateDirectory(PathOf("readmes", id)).FullName;
        // Nothing of this repository's settings: a project as `dotnet new console` makes it.
        foreach (string file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            File.WriteAllText(Path.Combine(folder, file), "<Project />");
        }

        string system = OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";
        string native = id == "MLNet.DGating.Scoring"
            ? ""
            : $"<PackageReference Include=\"libtorch-cpu-{system}\" Version=\"{BuildFacts.LibTorchVersion}\" />";
        File.WriteAllText(Path.Combine(folder, $"{id}.Readme.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <CreateHardLinksForCopyLocalIfPossible>true</CreateHardLinksForCopyLocalIfPossible>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{id}" Version="{BuildFacts.Version}" />
                {native}
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program().Match(package.Text("PACKAGE.md")).Groups[1].Value);
    }

    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.GetDirectories(from).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            CopySources(folder, Path.Combine(to, Path.GetFileName(folder)));
        }
    }

    [GeneratedRegex(@"^```csharp\r?\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Program();
}
