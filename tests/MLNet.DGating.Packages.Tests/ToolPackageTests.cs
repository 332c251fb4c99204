using System.Diagnostics;
using System.Text.Json;

namespace MLNet.DGating.Packages.Tests;

/// <summary>The tool is packed for each system that has a libtorch, of which a package takes its own; else it is not packed.</summary>
public sealed class ToolPackageTests
{
    [Fact]
    public void EverySystem_HasAPackage_AndItsLibTorch()
    {
        JsonElement project = Evaluate("-p:PackTool=true");
        string[] systems = project.GetProperty("Properties").GetProperty("RuntimeIdentifiers").GetString()!.Split(';');
        Assert.Equal(["linux-x64", "win-x64", "osx-arm64"], systems);
        Assert.Equal("true", project.GetProperty("Properties").GetProperty("IsPackable").GetString());
        Assert.Equal(systems.Select(system => $"libtorch-cpu-{system}").Order(), LibTorch(project).Order());
    }

    [Fact]
    public void AnOrdinaryBuild_FetchesTheLibTorchOfOneSystem_AndPacksNothing()
    {
        JsonElement project = Evaluate("-p:RuntimeIdentifier=win-x64");
        Assert.Equal("false", project.GetProperty("Properties").GetProperty("IsPackable").GetString());
        Assert.Equal(["libtorch-cpu-win-x64"], LibTorch(project));
    }

    private static IEnumerable<string> LibTorch(JsonElement project) => project.GetProperty("Items").GetProperty("PackageReference")
        .EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)
        .Where(id => id.StartsWith("libtorch", StringComparison.Ordinal));

    private static JsonElement Evaluate(string property)
    {
        string path = Repository.PathOf("src", "MLNet.DGating.Tool", "MLNet.DGating.Tool.csproj");
        string[] arguments =
        [
            "msbuild", path, property, "-nologo", "-getProperty:RuntimeIdentifiers", "-getProperty:IsPackable", "-getItem:PackageReference",
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return JsonDocument.Parse(output).RootElement;
    }
}
