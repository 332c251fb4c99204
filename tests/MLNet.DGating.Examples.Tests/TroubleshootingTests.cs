using System.Text.RegularExpressions;

namespace MLNet.DGating.Examples.Tests;

/// <summary>docs/troubleshooting.md and docs/native-libraries.md quote what the library says.</summary>
public sealed partial class TroubleshootingTests
{
    // Fewer characters stand somewhere in any source, and would prove nothing.
    private const int ShortestProof = 16;

    public static TheoryData<string> Quotes =>
        [.. Pages().SelectMany(page => page.TableRows("message")).SelectMany(row => Document.CodeIn(row[0])).Distinct()];

    [Theory, MemberData(nameof(Quotes))]
    public void Quote_StandsInAMessage(string quote)
    {
        string? fault = FaultOf(quote);
        Assert.True(fault is null, fault);
    }

    [Theory]
    [InlineData("Lambda")]
    [InlineData("at least 1")]
    [InlineData("is … in … of … slots")]
    [InlineData("A sentence that no message of the library has.")]
    [InlineData("Every option is checked when the trainer is made")] // This stands in a comment.
    [InlineData("LabelColumnName = options.LabelColumnName")] // This stands in code.
    [InlineData("Training diverged … of the runs when each selects")] // These are parts of two messages.
    public void Quote_ThatProvesNothing_IsRefused(string quote) => Assert.NotNull(FaultOf(quote));

    [Fact]
    public void EveryMessage_IsQuoted() =>
        Assert.All(Pages().SelectMany(page => page.TableRows("message")), row => Assert.NotEmpty(Document.CodeIn(row[0])));

    [Fact]
    public void EveryRow_HasACauseAndACure() => Assert.All(
        Document.Of("docs", "troubleshooting.md").TableRows(),
        row => Assert.True(row.Length == 3 && row.All(cell => cell.Length > 0), string.Join(" | ", row)));

    private static Document[] Pages() => [Document.Of("docs", "troubleshooting.md"), Document.Of("docs", "native-libraries.md")];

    // What is wrong with a quote; null if it stands in a message.
    private static string? FaultOf(string quote)
    {
        string[] parts = quote.Split('…', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.All(part => part.Length < ShortestProof))
        {
            return $"'{quote}' proves nothing: quote at least {ShortestProof} characters in a row.";
        }

        // … stands for what a message is filled with. All parts are of one message, in this order.
        string pattern = string.Join(".*?", parts.Select(part => Regex.Escape(part.Replace("\"", "\\\"", StringComparison.Ordinal))));
        var message = new Regex(pattern);
        bool isFound = s_lines.Value.Any(line => message.Matches(line).Any(match => IsInString(line, match.Index)));
        return isFound ? null : $"No message of src/ is '{quote}'.";
    }

    // Behind an odd number of quotation marks that are not escaped.
    private static bool IsInString(string line, int index) => QuotationMark().Count(line[..index]) % 2 == 1;

    // Code without comments. A message may be put together of several strings; here it is one line.
    private static readonly Lazy<string[]> s_lines = new(() =>
    [
        .. Directory.GetDirectories(Repository.PathOf("src"))
            .SelectMany(project => ((string[])["*.cs", "*.targets"])
                .SelectMany(kind => Directory.GetFiles(project, kind, SearchOption.AllDirectories))
                .Where(file => !Path.GetRelativePath(project, file).StartsWith("obj", StringComparison.Ordinal)))
            .SelectMany(file => Joint().Replace(File.ReadAllText(file), "").ReplaceLineEndings("\n").Split('\n'))
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)),
    ]);

    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Joint();

    [GeneratedRegex(@"(?<!\\)""")]
    private static partial Regex QuotationMark();
}
