using System.Text.RegularExpressions;

namespace MLNet.DGating.Examples.Tests;

/// <summary>docs/troubleshooting.md quotes what the library says.</summary>
public sealed partial class TroubleshootingTests
{
    public static TheoryData<string> Quotes => [.. Document.Of("docs", "troubleshooting.md").TableRows().SelectMany(row => Document.CodeIn(row[0])).Distinct()];

    [Theory, MemberData(nameof(Quotes))]
    public void Quote_StandsInTheSource(string quote)
    {
        // … stands for what a message is filled with.
        string fragment = quote.Split('…').MaxBy(part => part.Trim().Length)!.Trim();
        Assert.True(s_source.Value.Contains(fragment, StringComparison.Ordinal), $"No message of src/ has '{fragment}' any more.");
    }

    [Fact]
    public void EveryRow_HasACauseAndACure() =>
        Assert.All(Document.Of("docs", "troubleshooting.md").TableRows(), row => Assert.True(row.Length == 3 && row.All(cell => cell.Length > 0), string.Join(" | ", row)));

    // A message may be put together of several strings, and a quotation mark in it is escaped.
    private static readonly Lazy<string> s_source = new(() => Joint().Replace(
        string.Join('\n', Directory.GetDirectories(Repository.PathOf("src"))
            .SelectMany(project => Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(project, file).StartsWith("obj", StringComparison.Ordinal)))
            .Select(File.ReadAllText)),
        "").Replace("\\\"", "\"", StringComparison.Ordinal));

    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Joint();
}
