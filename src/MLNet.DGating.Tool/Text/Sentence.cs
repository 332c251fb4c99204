namespace MLNet.DGating.Tool.Text;

/// <summary>Parts of sentences: counts, lists, and messages of other libraries.</summary>
internal static class Sentence
{
    /// <summary>Returns the first line of a message, without the period at its end.</summary>
    public static string WithoutPeriod(string message) => message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.', ' ');

    /// <summary>Returns the quoted words, separated by commas; a long list is cut.</summary>
    public static string List(IReadOnlyCollection<string> words, int shown = 8) =>
        string.Join(", ", words.Take(shown).Select(word => $"'{word}'"))
        + (words.Count > shown ? $" and {words.Count - shown} more" : "");

    /// <summary>Returns a number with its noun: "1 row", "2,000 rows".</summary>
    public static string Count(long number, string one) =>
        number == 1 ? $"1 {one}" : FormattableString.Invariant($"{number:n0} {one}s");
}
