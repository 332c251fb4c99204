using System.Diagnostics;

namespace MLNet.DGating.Packages.Tests;

/// <summary>A build warns where no package has libtorch for the system that is built for.</summary>
public sealed class LibTorchWarningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("libtorch-warning-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("linux-x64", "libtorch-cpu-linux-x64", "Exe", false)]
    [InlineData("linux-x64", "TorchSharp-cuda-linux", "Exe", false)]
    [InlineData("win-x64", "libtorch-cpu-linux-x64", "Exe", true)]
    [InlineData("win-x64", "TorchSharp-cuda-windows", "Exe", false)]
    [InlineData("osx-arm64", "TorchSharp", "Exe", true)]
    [InlineData("linux-x64", "TorchSharp", "Library", false)]
    public void AProgram_WithoutLibTorchForItsSystem_IsWarnedOf(string system, string package, string output, bool isWarned)
    {
        File.WriteAllText(Path.Combine(_folder, "project.assets.json"), $"{{ \"libraries\": {{ \"{package}/1.0.0\": {{}} }} }}");
        string project = Path.Combine(_folder, "program.proj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup>
                <OutputType>{output}</OutputType>
                <RuntimeIdentifier>{system}</RuntimeIdentifier>
                <ProjectAssetsFile>$(MSBuildProjectDirectory)/project.assets.json</ProjectAssetsFile>
              </PropertyGroup>
              <Import Project="{Repository.PathOf("src", "MLNet.DGating", "buildTransitive", "MLNet.DGating.targets")}" />
            </Project>
            """);
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", project, "-t:WarnOfMissingLibTorch", "-v:q", "-nologo"]) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(isWarned, said.Contains("DGATING001", StringComparison.Ordinal));
        Assert.Equal(isWarned, said.Contains(
            $"<PackageReference Include=\"libtorch-cpu-{system}\" Version=\"{BuildFacts.LibTorchVersion}\" />", StringComparison.Ordinal));
    }
}
