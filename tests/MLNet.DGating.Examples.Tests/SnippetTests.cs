using System.Text.RegularExpressions;

namespace MLNet.DGating.Examples.Tests;

/// <summary>What the documentation shows compiles (Snippets.targets) and runs, where examples/data is what it is in a clone.</summary>
public sealed partial class SnippetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snippets");
    private readonly string _before = Environment.CurrentDirectory;

    public SnippetTests()
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "examples", "data")).FullName;
        foreach (string file in Directory.GetFiles(Repository.PathOf("examples", "data")))
        {
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)));
        }

        Environment.CurrentDirectory = _folder.FullName;
    }

    public static TheoryData<string> Names => [.. Snippets().Select(snippet => snippet.Namespace!)];

    [Theory, MemberData(nameof(Names))]
    public void Document_Runs(string name)
    {
        Snippets().Single(snippet => snippet.Namespace == name).GetMethod("Run")!.Invoke(null, null);
        KeepPictures();
    }

    [Fact]
    public void Documents_HaveNoCodeThatIsNotRun()
    {
        // A block that is indented, or marked otherwise, would not be found by Snippets.targets.
        string[] documents = [Repository.PathOf("README.md"), .. Directory.GetFiles(Repository.PathOf("docs"), "*.md")];
        int blocks = documents.Sum(path => CodeBlock().Count(File.ReadAllText(path)));
        Assert.True(blocks > 0, "README.md shows no code.");
        Assert.Equal(blocks, Snippets().Sum(snippet => (int)snippet.GetField("Blocks")!.GetRawConstantValue()!));
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    // How the pictures of the documentation are drawn anew: docs/contributing.md.
    private static void KeepPictures()
    {
        if (Environment.GetEnvironmentVariable("DGATING_PICTURES") is { Length: > 0 } folder)
        {
            foreach (string file in Directory.GetFiles(Environment.CurrentDirectory, "*.svg"))
            {
                File.Copy(file, Repository.PathOf(folder, Path.GetFileName(file)), overwrite: true);
            }
        }
    }

    private static IEnumerable<Type> Snippets() =>
        typeof(SnippetTests).Assembly.GetTypes()
            .Where(type => type.Name == "Snippet" && type.Namespace!.StartsWith("Snippets.", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s*```\s*(csharp|cs|c#)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex CodeBlock();
}
