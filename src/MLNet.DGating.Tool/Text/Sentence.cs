using System.Text.RegularExpressions;

namespace MLNet.DGating.Tool.Text;

/// <summary>Parts of sentences: counts, lists, and messages of other libraries.</summary>
internal static partial class Sentence
{
    /// <summary>Returns the first line of a message, without the period at its end.</summary>
    public static string WithoutPeriod(string message) => message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.', ' ');

    private const int MaximumName = 60;

    /// <summary>Returns a name as it is shown: on one line, without control characters, and a long one without its middle.</summary>
    public static string Shown(string name)
    {
        string cut = name.Length <= MaximumName ? name : $"{name[..(MaximumName / 2)]}…{name[^(MaximumName / 4)..]}";
        return WithoutControls(cut);
    }

    /// <summary>Returns a line for the terminal: quoted names as they are shown, and no control characters.</summary>
    public static string Line(string text) => WithoutControls(QuotedLongName().Replace(text, match => $"'{Shown(match.Value[1..^1])}'"));

    /// <summary>Returns the quoted words, separated by commas; a long list is cut.</summary>
    public static string List(IReadOnlyCollection<string> words, int shown = 8) =>
        string.Join(", ", words.Take(shown).Select(word => $"'{Shown(word)}'"))
        + (words.Count > shown ? $" and {words.Count - shown} more" : "");

    private static string WithoutControls(string text) => text.Any(char.IsControl)
        ? string.Concat(text.Select(character => char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString()))
        : text;

    // Paths stay whole, unless nobody would read them.
    [GeneratedRegex(@"'[^'/\\]{61,}'|'[^']{1001,}'")]
    private static partial Regex QuotedLongName();

    /// <summary>Returns a number with its noun: "1 row", "2,000 rows".</summary>
    public static string Count(long number, string one) =>
        number == 1 ? $"1 {one}" : FormattableString.Invariant($"{number:n0} {one}s");
}
