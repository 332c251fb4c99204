namespace MLNet.DGating.Examples.Tests;

/// <summary>Links within the repository lead somewhere. Those into the web are not followed.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Documents =>
        [.. Document.All.Select(document => Path.GetRelativePath(Repository.Root, document.Path))];

    [Theory, MemberData(nameof(Documents))]
    public void Links_LeadToFilesAndHeadings(string path)
    {
        var document = Document.Of(path);
        foreach (string link in document.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
        {
            string[] parts = link.Split('#', 2);
            string target = parts[0].Length == 0 ? document.Path : Path.GetFullPath(parts[0], Path.GetDirectoryName(document.Path)!);
            Assert.True(
                Path.Exists(target), $"{path} links to '{link}', but there is no '{Path.GetRelativePath(Repository.Root, target)}'.");
            if (parts.Length == 2)
            {
                IReadOnlySet<string> anchors = Document.Of(target).Anchors;
                Assert.True(
                    anchors.Contains(parts[1]), $"{path} links to '{link}', but the headings there are {string.Join(", ", anchors)}.");
            }
        }
    }

    [Fact]
    public void Readme_LeadsToEveryPage()
    {
        string[] links = [.. Document.Of("README.md").Links.Select(link => link.Split('#')[0])];
        Assert.Empty(Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Except(links));
    }

    [Fact]
    public void Pictures_AreAllShown()
    {
        IEnumerable<string> shown = Document.All.SelectMany(document =>
            document.Links.Select(link => Path.GetFullPath(link.Split('#')[0], Path.GetDirectoryName(document.Path)!)));
        Assert.Empty(Directory.GetFiles(Repository.PathOf("docs", "images")).Except(shown));
    }
}
