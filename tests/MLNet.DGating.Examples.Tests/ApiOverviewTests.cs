using System.Text.RegularExpressions;

namespace MLNet.DGating.Examples.Tests;

/// <summary>docs/api.md names every public type.</summary>
public sealed partial class ApiOverviewTests
{
    public static TheoryData<string> PublicTypes => [.. Directory.GetFiles(Repository.PathOf("src"), "PublicAPI.*.txt", SearchOption.AllDirectories)
        .SelectMany(File.ReadLines).Select(line => TypeLine().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(PublicTypes))]
    public void PublicType_IsOnThePage(string type) =>
        Assert.Contains(Document.CodeIn(Document.Of("docs", "api.md").Text), code => Regex.IsMatch(code, $@"(?<!\w){Regex.Escape(type)}(?!\w)"));

    // A type has a line of its own, with nothing behind its name but type parameters; a nested type ("Trainer.Options") goes by both names.
    [GeneratedRegex(@"^(?:MLNet\.DGating|Microsoft\.ML)(?:\.Plots)?\.([A-Z]\w*(?:\.[A-Z]\w*)*)(?:<[^>]*>)?$")]
    private static partial Regex TypeLine();
}
