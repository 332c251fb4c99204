using System.Text.RegularExpressions;

namespace MLNet.DGating.Examples.Tests;

/// <summary>README.md or a page of docs/, as what a reader sees of it.</summary>
internal sealed partial class Document
{
    private Document(string path)
    {
        Path = path;
        Text = FencedCode().Replace(File.ReadAllText(path), "");
    }

    public static Document[] All =>
    [
        Of("README.md"),
        .. Directory.GetFiles(Repository.PathOf("docs"), "*.md").Order(StringComparer.Ordinal).Select(path => new Document(path)),
    ];

    public string Path { get; }

    /// <summary>Without blocks of code.</summary>
    public string Text { get; }

    /// <summary>Targets of links and images, as written.</summary>
    public IEnumerable<string> Links => Link().Matches(Text).Select(match => match.Groups[1].Value);

    /// <summary>Headings as links name them: GitHub's rule.</summary>
    public IReadOnlySet<string> Anchors => Heading().Matches(Text)
        .Select(match => LinkText().Replace(match.Groups[1].Value, "$1").Trim().ToLowerInvariant())
        .Select(heading => NotInAnchor().Replace(heading, "").Replace(' ', '-')).ToHashSet();

    public static Document Of(params string[] parts) => new(Repository.PathOf(parts));

    /// <summary>What stands between backticks.</summary>
    public static IEnumerable<string> CodeIn(string text) => Code().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>The rows of tables, split into cells, without headers and rulers.</summary>
    /// <param name="header">The head of the first column of the tables that are meant. Null: all tables.</param>
    public IEnumerable<string[]> TableRows(string? header = null)
    {
        string[] lines = Text.ReplaceLineEndings("\n").Split('\n');
        string? current = null;
        for (int i = 0; i < lines.Length; i++)
        {
            if (i + 1 < lines.Length && Ruler().IsMatch(lines[i + 1]))
            {
                current = Cells(lines[i])[0];
            }
            else if (lines[i].StartsWith('|') && !Ruler().IsMatch(lines[i]) && (header is null || header == current))
            {
                yield return Cells(lines[i]);
            }
        }
    }

    private static string[] Cells(string row) => [.. row.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    [GeneratedRegex("^\\s*```.*?^\\s*```\\s*$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FencedCode();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}_ -]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^\|[\s:|-]+$")]
    private static partial Regex Ruler();
}
