using System.Text.Json;

namespace MLNet.DGating.Packages.Tests;

/// <summary>The template of a console program asks for the packages of this build, and names itself.</summary>
public sealed class TemplateTests
{
    [Fact]
    public void TheProject_AsksForTheseVersions()
    {
        string project = File.ReadAllText(Repository.PathOf("templates", "dgating-console", "DGatingConsole.csproj"));
        foreach (string id in (string[])["MLNet.DGating", "MLNet.DGating.Plots"])
        {
            Assert.Contains($"<PackageReference Include=\"{id}\" Version=\"{BuildFacts.Version}\" />", project, StringComparison.Ordinal);
        }

        Assert.Contains(
            $"<PackageReference Include=\"libtorch-cpu-linux-x64\" Version=\"{BuildFacts.LibTorchVersion}\"", project,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheTemplate_IsFoundByItsShortName_AndRenamesTheProject()
    {
        string path = Repository.PathOf("templates", "dgating-console", ".template.config", "template.json");
        JsonElement template = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        Assert.Equal("dgating-console", template.GetProperty("shortName").GetString());
        Assert.Equal("DGatingConsole", template.GetProperty("sourceName").GetString());
    }
}
