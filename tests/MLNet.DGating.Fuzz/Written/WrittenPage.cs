using System.Text.RegularExpressions;
using MLNet.DGating.Fuzz.Targets;

namespace MLNet.DGating.Fuzz.Written;

/// <summary>The elements of a report and their attributes: names and values may add to its text, but no others.</summary>
internal sealed partial class WrittenPage
{
    // A mark of charts that the page of plain names may not have, since it has other data.
    private static readonly string[] s_marks = ["<polygon", "<polygon points", "<polygon fill", "<polygon stroke", "</polygon"];

    private readonly HashSet<string> _known;

    private WrittenPage(HashSet<string> known) => _known = known;

    /// <summary>Reads a page of plain names.</summary>
    public static WrittenPage Read(string path) => new([.. s_marks, .. Parts(File.ReadAllText(path))]);

    /// <summary>Compares a page of other names with this one.</summary>
    /// <exception cref="FuzzFault">It has elements or attributes which this one has not.</exception>
    public void Compare(string path)
    {
        string page = File.ReadAllText(path);
        if (Parts(page).FirstOrDefault(part => !_known.Contains(part)) is { } part)
        {
            throw new FuzzFault(FaultKind.Silent, $"the page has {part}, which a page of plain names has not");
        }

        if (page.FirstOrDefault(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t')) is not '\0' and var control)
        {
            throw new FuzzFault(FaultKind.Silent, $"the page has the control character {(int)control:x4}");
        }
    }

    // "<" begins an element, or is a fault.
    private static IEnumerable<string> Parts(string page)
    {
        for (int at = page.IndexOf('<', StringComparison.Ordinal); at >= 0; at = page.IndexOf('<', at + 1))
        {
            Match element = Element().Match(page, at);
            if (!element.Success || element.Index != at)
            {
                yield return page.Substring(at, Math.Min(20, page.Length - at));
                continue;
            }

            foreach (Capture attribute in element.Groups["attribute"].Captures)
            {
                yield return $"<{element.Groups["name"].Value} {attribute.Value}";
            }

            yield return $"<{element.Groups["name"].Value}";
        }
    }

    [GeneratedRegex("""\G<(?<name>[!/]?[a-zA-Z][\w-]*)(\s+(?<attribute>[\w:-]+)(="[^"<>]*")?)*\s*/?>""")]
    private static partial Regex Element();
}
